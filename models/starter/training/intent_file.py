"""Writes intent-classifier.bin: one line of JSON, then little-endian arrays (domain/README.md)."""

from __future__ import annotations

import json
from pathlib import Path

import torch

from intent_classifier import WIDTHS, IntentClassifier


def rounded(weight: torch.Tensor, axis: int) -> tuple[torch.Tensor, torch.Tensor]:
    """(int8 values, float32 scales): one scale for each index of the other axis."""
    scale = weight.abs().amax(axis).clamp(min=1e-8) / 127
    return (weight / scale.unsqueeze(axis)).round().to(torch.int8), scale


def round_weights(model: IntentClassifier) -> dict[str, tuple[str, torch.Tensor]]:
    """The arrays of the file; the model gets the rounded weights, so that it can be measured as it will run."""
    arrays: dict[str, tuple[str, torch.Tensor]] = {}
    with torch.no_grad():
        for name, weight in (("neighbours", model.neighbours.weight), ("pairs", model.pairs.weight), ("words", model.words)):
            values, scale = rounded(weight, 0)
            weight.copy_(values.float() * scale)
            arrays[f"{name}Scale"], arrays[name] = ("float32", scale), ("int8", values)
        layers = [("hidden", model.hidden), ("out", model.out), ("meaningHidden", model.meaning_hidden), ("meaningOut", model.meaning_out)]
        layers += [(f"convolution{width}", convolution) for width, convolution in zip(WIDTHS, model.convolutions)]
        for name, layer in layers:
            # A convolution's weight [outputs, dimension, width] is stored word by word: [outputs, width, dimension].
            weight = layer.weight.transpose(1, 2) if layer.weight.dim() == 3 else layer.weight
            rows = weight.reshape(weight.shape[0], -1)
            values, scale = rounded(rows, 1)
            whole = (values.float() * scale.unsqueeze(1)).reshape(weight.shape)
            layer.weight.copy_(whole.transpose(1, 2) if layer.weight.dim() == 3 else whole)
            arrays[f"{name}Scale"], arrays[f"{name}Weight"] = ("float32", scale), ("int8", values)
            arrays[f"{name}Bias"] = ("float32", layer.bias)
    return arrays


def write(arrays: dict[str, tuple[str, torch.Tensor]], intents: list[str], vocabulary: list[str], path: Path) -> None:
    entries, body = [], b""
    for name, (kind, values) in arrays.items():
        data = values.detach().numpy().astype("<f4" if kind == "float32" else "i1").tobytes()
        entries.append({"name": name, "type": kind, "offset": len(body), "length": values.numel()})
        body += data + b"\0" * (-len(data) % 8)
    header = json.dumps({"format": "sotto-intents", "version": 2, "intents": intents, "widths": list(WIDTHS), "words": vocabulary, "arrays": entries})
    line = header + " " * (-(len(header) + 1) % 8) + "\n"
    path.write_bytes(line.encode() + body)
    print(f"{path.name}: {path.stat().st_size} bytes")
