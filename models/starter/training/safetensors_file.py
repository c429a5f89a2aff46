"""The safetensors format: eight bytes of header length, a JSON header, then the tensors back to back."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import torch

_NUMPY_TYPES = {"F16": np.float16, "F32": np.float32, "I64": np.int64, "I32": np.int32}
_NAMES = {torch.float16: "F16", torch.float32: "F32", torch.int64: "I64", torch.int32: "I32"}
ALIGNMENT_BYTES = 64


def write_safetensors(path: Path, tensors: dict[str, torch.Tensor], metadata: dict[str, str] | None = None) -> None:
    """The data block starts at a multiple of 64; tensors of odd size come last, so that the others stay aligned."""
    header: dict[str, object] = {"__metadata__": {"format": "pt", **(metadata or {})}}
    pieces, offset = [], 0
    for name in sorted(tensors, key=lambda name: (tensors[name].numel() % 32 != 0, tensors[name].numel() % 2, name)):
        tensor = tensors[name].detach().cpu().contiguous()
        data = tensor.numpy().tobytes()
        header[name] = {
            "dtype": _NAMES[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + len(data)],
        }
        pieces.append(data)
        offset += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-(len(text) + 8) % ALIGNMENT_BYTES)
    temporary = path.with_suffix(".partial")
    with open(temporary, "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        for data in pieces:
            file.write(data)
    temporary.replace(path)


def read_safetensors(path: Path) -> dict[str, torch.Tensor]:
    data = path.read_bytes()
    (header_bytes,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + header_bytes])
    base = 8 + header_bytes
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        array = np.frombuffer(data[base + start : base + end], dtype=_NUMPY_TYPES[entry["dtype"]])
        tensors[name] = torch.from_numpy(array.reshape(entry["shape"]).copy())
    return tensors
