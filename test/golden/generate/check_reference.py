"""`python check_reference.py <golden folder> [float64]`: does the reference here reproduce a given golden set?"""

import sys

import torch
from golden_folder import GoldenFolder

torch.set_num_threads(1)
golden = GoldenFolder(sys.argv[1], torch.float64 if "float64" in sys.argv else torch.float32)
for name, values in golden.computed().items():
    path = golden.folder / "expected" / f"{name}.npy"
    if path.exists():
        stored = golden.array(name)
        difference = (values.double() - stored.double()).abs().max().item() if values.shape == stored.shape else float("inf")
        print(f"{name:34} {tuple(values.shape)!s:22} {difference:.1e}")
