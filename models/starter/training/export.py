"""Writes a checkpoint in the shipped form, and reference activations for whoever builds graphs from it.

    python3 models/starter/training/export.py [--checkpoint .training/checkpoints/listening.pt] [--folder models/starter]

Reference arrays (.training/reference): float32, one utterance in `utterance.wav`, computed in float32 from the
rounded float16 weights.
"""

from __future__ import annotations

import argparse
import json
import wave
from pathlib import Path

import numpy as np
import torch

from byte_pairs import Tokenizer, tokenizer_config_json
from dimensions import Dimensions, config_json
from log_mel import log_mel
from model_folder import CHECKPOINTS, CORPUS, REFERENCE, STARTER, TOKENIZER
from prompt import prompt_pieces
from safetensors_file import write_safetensors
from starter_model import StarterModel


def export_model(model: StarterModel, folder: Path) -> None:
    tokenizer = Tokenizer(TOKENIZER)
    (folder / "tokenizer.json").write_text(TOKENIZER.read_text())
    (folder / "tokenizer_config.json").write_text(json.dumps(tokenizer_config_json(), indent=1) + "\n")
    config = config_json(model.dimensions, tokenizer.special["<|EOT|>"], tokenizer.special["<|endoftext|>"])
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    write_safetensors(
        folder / "model.safetensors", {name: tensor.half() for name, tensor in model.official_state().items()}
    )


def reference_wave() -> torch.Tensor:
    """The first utterance of the corpus, or a made-up hum where there is none yet."""
    for index in sorted(CORPUS.glob("*.jsonl")):
        entry = json.loads(index.open().readline())
        samples = np.memmap(index.with_suffix(".pcm"), dtype="<i2", mode="r")
        piece = samples[entry["offset"] : entry["offset"] + entry["length"]]
        return torch.from_numpy(piece.astype(np.float32) / 32768)
    seconds = torch.arange(32000) / 16000
    noise = torch.randn(32000, generator=torch.Generator().manual_seed(1))
    wave_form = 0.3 * torch.sin(2 * torch.pi * 140 * seconds * (1 + seconds / 4)) + 0.01 * noise
    return (wave_form * 32768).round().clamp(-32768, 32767) / 32768


@torch.no_grad()
def write_reference(model: StarterModel, tokenizer: Tokenizer, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    model.load_state_dict({name: tensor.half().float() for name, tensor in model.state_dict().items()})
    model.eval()
    samples = reference_wave()
    with wave.open(str(folder / "utterance.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes((samples * 32768).round().clamp(-32768, 32767).numpy().astype("<i2").tobytes())
    mel = log_mel(samples)[None]
    features, _ = model.encoder(mel)
    rows = model.adapter(features)
    ids = prompt_pieces(tokenizer, "converse", rows.shape[1]) + tokenizer.encode("<think>\n")
    embedded = model.decoder.embed(torch.tensor([ids]))
    start = ids.index(tokenizer.special["<audio_start>"]) + 1
    embedded[:, start : start + rows.shape[1]] = rows
    arrays = {
        "log_mel": mel,
        "encoder_out": features,
        "ctc_log_probs": model.ctc(features),
        "tag_logits": model.tags(features),
        "adapter_out": rows,
        "decoder_ids": torch.tensor(ids, dtype=torch.int32),
        "decoder_rows": embedded,
        "decoder_logits": model.decoder(embedded),
    }
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array.numpy())


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--checkpoint", type=Path, nargs="*", default=[])
    arguments.add_argument("--folder", type=Path, default=STARTER)
    options = arguments.parse_args()
    tokenizer = Tokenizer(TOKENIZER)
    torch.manual_seed(1)
    model = StarterModel(Dimensions(vocabulary=tokenizer.size))
    for path in options.checkpoint:
        averaged = torch.load(path, map_location="cpu", weights_only=True)["averaged"]
        missing = model.load_state_dict(averaged, strict=False)
        if missing.unexpected_keys:
            raise ValueError(f"{path}: unknown tensors {missing.unexpected_keys}")
        print(f"{path.relative_to(CHECKPOINTS.parent) if path.is_absolute() else path}: {len(averaged)} tensors")
    export_model(model, options.folder)
    write_reference(model, tokenizer, REFERENCE)
    parameters = sum(tensor.numel() for tensor in model.official_state().values())
    print(f"{parameters / 1e6:.2f} M parameters, {(options.folder / 'model.safetensors').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
