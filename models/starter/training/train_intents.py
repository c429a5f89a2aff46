"""Trains the intent classifier on sentences of the patterns and writes models/starter/intent-classifier.bin.

    python3 models/starter/training/train_intents.py
    python3 models/starter/training/train_intents.py --without 0     # a tenth of the patterns is left out, and measured
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from torch import nn

from corpus.places import DOMAIN
from intent_features import NEIGHBOUR_BUCKETS, PAIR_BUCKETS, neighbour_features, pair_features
from intent_sentences import OPEN_SHARE, Labelled, Spoiler, fold_of, sample_open_text, sample_patterns

CLASSIFIER = DOMAIN.parent / "intent-classifier.bin"
DIMENSION, HIDDEN = 24, 96
BATCH = 512
FEATURES_LOST = 0.35


class Bags:
    """Buckets of many sentences, one after another."""

    def __init__(self, lists: list[list[int]]) -> None:
        lengths = np.array([len(buckets) for buckets in lists])
        self.starts = np.concatenate([[0], np.cumsum(lengths)])
        self.buckets = np.fromiter((bucket for buckets in lists for bucket in buckets), np.int64, int(self.starts[-1]))

    def rows(self, chosen: np.ndarray) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """(buckets, offsets, how many) of the chosen sentences."""
        lengths = self.starts[chosen + 1] - self.starts[chosen]
        offsets = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        places = np.repeat(self.starts[chosen] - offsets, lengths) + np.arange(lengths.sum())
        return torch.from_numpy(self.buckets[places]), torch.from_numpy(offsets), torch.from_numpy(lengths.astype(np.float32))


class IntentClassifier(nn.Module):
    """Two bags of hashed features, each summed and divided by the root of its size, then one hidden layer."""

    def __init__(self, intents: int) -> None:
        super().__init__()
        self.neighbours = nn.EmbeddingBag(NEIGHBOUR_BUCKETS, DIMENSION, mode="sum")
        self.pairs = nn.EmbeddingBag(PAIR_BUCKETS, DIMENSION, mode="sum")
        for bag in (self.neighbours, self.pairs):
            nn.init.normal_(bag.weight, 0, 0.1)
        self.hidden = nn.Linear(2 * DIMENSION, HIDDEN)
        self.out = nn.Linear(HIDDEN, intents)

    def forward(self, neighbours: tuple, pairs: tuple, lost: float = 0.0) -> torch.Tensor:
        summed = []
        for bag, (buckets, offsets, counts) in ((self.neighbours, neighbours), (self.pairs, pairs)):
            kept = (torch.rand(buckets.shape[0]) > lost).float() if lost > 0 else None
            summed.append(bag(buckets, offsets, per_sample_weights=kept) / counts.sqrt().unsqueeze(1))
        hidden = functional.relu(self.hidden(torch.cat(summed, 1)))
        return self.out(functional.dropout(hidden, 0.1) if lost > 0 else hidden)


def bags_of(sentences: list[list[str]]) -> tuple[Bags, Bags]:
    return Bags([neighbour_features(words) for words in sentences]), Bags([pair_features(words) for words in sentences])


def train(examples: list[Labelled], intents: list[str], steps: int, seed: int, rate: float = 0.01) -> IntentClassifier:
    torch.manual_seed(seed)
    numbers = {name: number for number, name in enumerate(intents)}
    spoiler = Spoiler(seed)
    sentences = [example.words for example in examples]
    neighbours, pairs = bags_of(sentences + [spoiler.spoil(words) for words in sentences])
    wanted = np.array([numbers[example.intent] for example in examples] * 2)
    share = np.cumsum([example.weight for example in examples])
    share /= share[-1]
    model = IntentClassifier(len(intents))
    optimiser = torch.optim.Adam(model.parameters(), lr=rate)
    generator = np.random.default_rng(seed)
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 30) * max(0.02, 1 - step / steps)
        chosen = np.minimum(np.searchsorted(share, generator.random(BATCH)), len(examples) - 1)
        chosen += len(examples) * (generator.random(BATCH) < 0.5)
        loss = functional.cross_entropy(
            model(neighbours.rows(chosen), pairs.rows(chosen), FEATURES_LOST), torch.from_numpy(wanted[chosen]), label_smoothing=0.05
        )
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 200 == 199:
            print(f"step {step + 1} loss {loss.item():.3f}", flush=True)
    return model.eval()


def accuracy(model: IntentClassifier, examples: list[Labelled], intents: list[str]) -> float:
    neighbours, pairs = bags_of([example.words for example in examples])
    everything = np.arange(len(examples))
    with torch.no_grad():
        chosen = model(neighbours.rows(everything), pairs.rows(everything)).argmax(1)
    return sum(intents[number] == example.intent for number, example in zip(chosen.tolist(), examples)) / len(examples)


def write(model: IntentClassifier, intents: list[str], path: Path) -> None:
    """One line of JSON padded to a multiple of 8 bytes, then little-endian arrays (domain/README.md)."""
    arrays: list[tuple[str, str, bytes, int]] = []
    for name, bag in (("neighbours", model.neighbours), ("pairs", model.pairs)):
        weight = bag.weight.detach()
        scale = weight.abs().amax(0) / 127
        whole = (weight / scale).round().to(torch.int8).numpy()
        arrays.append((f"{name}Scale", "float32", scale.numpy().astype("<f4").tobytes(), scale.numel()))
        arrays.append((name, "int8", whole.tobytes(), whole.size))
    for name, layer in (("hidden", model.hidden), ("out", model.out)):
        for part, values in (("Weight", layer.weight), ("Bias", layer.bias)):
            data = values.detach().numpy().astype("<f4")
            arrays.append((f"{name}{part}", "float32", data.tobytes(), data.size))
    entries, body = [], b""
    for name, kind, data, length in arrays:
        entries.append({"name": name, "type": kind, "offset": len(body), "length": length})
        body += data + b"\0" * (-len(data) % 8)
    header = json.dumps({"format": "sotto-intents", "version": 1, "intents": intents, "arrays": entries})
    line = header + " " * (-(len(header) + 1) % 8) + "\n"
    path.write_bytes(line.encode() + body)
    print(f"{path.name}: {path.stat().st_size} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=1600)
    parser.add_argument("--readings", type=int, default=24)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--without", type=int, help="leaves a tenth of the patterns out and measures on it; writes nothing")
    parser.add_argument("--out", type=Path, default=CLASSIFIER)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    patterns = sample_patterns("patterns", arguments.seed, arguments.readings)
    intents = sorted({example.intent for example in patterns})
    kept = [example for example in patterns if arguments.without is None or fold_of(example.pattern) != arguments.without]
    known = sum(example.weight for example in kept)
    model = train(kept + sample_open_text(arguments.seed, OPEN_SHARE * known), intents, arguments.steps, arguments.seed)
    if arguments.without is not None:
        unseen = [example for example in patterns if fold_of(example.pattern) == arguments.without]
        print(f"left out patterns: {accuracy(model, unseen, intents):.4f}")
    print(f"development: {accuracy(model, sample_patterns('development', 6, 6), intents):.4f}")
    if arguments.without is None:
        write(model, intents, arguments.out)


if __name__ == "__main__":
    main()
