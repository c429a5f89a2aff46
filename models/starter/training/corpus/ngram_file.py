"""Writes and reads language-model.bin (format: domain/README.md)."""

import json
import math
from pathlib import Path

import numpy as np

from .ngram_counts import BITS, END, ORDER, START, Level

STEP = 1 / 16
BACK_OFF_BIAS = 32


def quantise(probability: np.ndarray, bias: int) -> np.ndarray:
    """uint8 codes: value in nats is (bias - code) * STEP."""
    return np.clip(np.round(bias - np.log(np.maximum(probability, 1e-12)) / STEP), 0, 255).astype(np.uint8)


def size_of(kept: list[np.ndarray]) -> int:
    """Bytes of the arrays for the kept n-grams."""
    return sum(int(keep.sum()) * (3 if order == ORDER else 8) for order, keep in enumerate(kept, start=1))


def write_model(path: Path, levels: list[Level], words: list[str]) -> None:
    """words: the vocabulary by id, "<s>" and "</s>" first."""
    arrays: list[tuple[str, str, np.ndarray]] = []
    for order, level in enumerate(levels, start=1):
        if order > 1:
            arrays.append((f"word{order}", "uint16", (level.keys & ((1 << BITS) - 1)).astype("<u2")))
        arrays.append((f"logProbability{order}", "uint8", quantise(level.probability, 0)))
        if order < ORDER:
            contexts = levels[order].keys >> BITS
            children = np.concatenate([np.searchsorted(contexts, level.keys, side="left"), [contexts.size]])
            arrays.append((f"backOff{order}", "uint8", quantise(level.back_off, BACK_OFF_BIAS)))
            arrays.append((f"children{order}", "uint32", children.astype("<u4")))
    entries, blobs, offset = [], [], 0
    for name, kind, array in arrays:
        data = array.tobytes()
        entries.append({"name": name, "type": kind, "offset": offset, "length": int(array.size)})
        padding = b"\0" * (-len(data) % 8)
        blobs.append(data + padding)
        offset += len(data) + len(padding)
    header = {"format": "sotto-ngram", "version": 1, "order": ORDER, "counts": [int(level.keys.size) for level in levels], "step": STEP, "backOffBias": BACK_OFF_BIAS, "start": START, "end": END, "arrays": entries, "words": words}
    line = json.dumps(header, ensure_ascii=True, separators=(",", ":")).encode()
    line += b" " * (-(len(line) + 1) % 8) + b"\n"
    path.write_bytes(line + b"".join(blobs))


class LanguageModel:
    """Reads the file back and scores sentences, as the run-time search does."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        end = data.index(b"\n") + 1
        self.header = json.loads(data[:end])
        self.arrays = {entry["name"]: np.frombuffer(data, dtype=np.dtype(entry["type"]).newbyteorder("<"), count=entry["length"], offset=end + entry["offset"]) for entry in self.header["arrays"]}
        self.ids = {word: index for index, word in enumerate(self.header["words"])}
        self.step, self.bias = self.header["step"], self.header["backOffBias"]

    def find(self, words: list[int]) -> int:
        """The row of an n-gram in its order's arrays, or -1."""
        row = words[0]
        for order, word in enumerate(words[1:], start=2):
            children, listed = self.arrays[f"children{order - 1}"], self.arrays[f"word{order}"]
            low, high = int(children[row]), int(children[row + 1])
            row = low + int(np.searchsorted(listed[low:high], word))
            if row >= high or listed[row] != word:
                return -1
        return row

    def log_probability(self, context: list[int], word: int) -> float:
        """Natural log of p(word | context); context holds the last words, START first of all."""
        context = context[-(self.header["order"] - 1) :]
        back_off = 0.0
        while True:
            row = self.find([*context, word])
            if row >= 0:
                return back_off - self.step * int(self.arrays[f"logProbability{len(context) + 1}"][row])
            if not context:
                return -math.inf
            row = self.find(context)
            if row >= 0:
                back_off += (self.bias - int(self.arrays[f"backOff{len(context)}"][row])) * self.step
            context = context[1:]

    def score(self, text: str) -> tuple[float, int]:
        """Natural log probability and number of predicted words (the end counts)."""
        context, total = [self.header["start"]], 0.0
        ids = [self.ids[word] for word in text.split()] + [self.header["end"]]
        for word in ids:
            total += self.log_probability(context, word)
            context.append(word)
        return total, len(ids)
