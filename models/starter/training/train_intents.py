"""Trains the intent classifier on sentences of the patterns and writes models/starter/intent-classifier.bin.

    python3 models/starter/training/train_intents.py
    python3 models/starter/training/train_intents.py --without 0     # a tenth of the patterns is left out, and measured
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional

from corpus.places import DOMAIN
from intent_classifier import SPECIAL, IntentClassifier, Sentences
from intent_file import round_weights, write
from intent_sentences import OPEN_SHARE, Labelled, Spoiler, fold_of, sample_open_text, sample_patterns
from word_vectors import LENGTH, fewer_dimensions, lexicon_vectors

CLASSIFIER = DOMAIN.parent / "intent-classifier.bin"
BATCH = 512
WORDS, MEANING_DIMENSION = 8000, 48
"""Of the vocabulary with meanings: every word of a pattern that has one, then the commonest of the lexicon."""
BAG_RATE, MEANING_RATE, VECTOR_RATE = 0.01, 0.002, 0.0004


def vocabulary_of(examples: list[Labelled]) -> tuple[list[str], np.ndarray]:
    """(words, float32 vectors [words, dimension]) with those of SPECIAL in front."""
    words, vectors = lexicon_vectors()
    vectors = fewer_dimensions(vectors, MEANING_DIMENSION)
    said = {word for example in examples for word in example.words}
    chosen = sorted(range(len(words)), key=lambda row: (words[row] not in said, row))[: WORDS - len(SPECIAL)]
    chosen.sort()
    special = np.random.default_rng(3).normal(0, LENGTH / MEANING_DIMENSION**0.5, (len(SPECIAL), MEANING_DIMENSION))
    special[0] = 0
    return SPECIAL + [words[row] for row in chosen], np.concatenate([special.astype(np.float32), vectors[chosen]])


def train(examples: list[Labelled], intents: list[str], steps: int, seed: int, vocabulary: list[str], vectors: np.ndarray) -> IntentClassifier:
    torch.manual_seed(seed)
    numbers = {name: number for number, name in enumerate(intents)}
    spoiler = Spoiler(seed)
    said = [example.words for example in examples]
    sentences = Sentences(said + [spoiler.spoil(words) for words in said], vocabulary)
    wanted = np.array([numbers[example.intent] for example in examples] * 2)
    share = np.cumsum([example.weight for example in examples])
    share /= share[-1]
    model = IntentClassifier(len(intents), vectors)
    bags = [*model.neighbours.parameters(), *model.pairs.parameters(), *model.hidden.parameters(), *model.out.parameters()]
    meaning = [*model.convolutions.parameters(), *model.meaning_hidden.parameters(), *model.meaning_out.parameters()]
    optimiser = torch.optim.AdamW(
        [
            {"params": bags, "peak": BAG_RATE, "weight_decay": 0.0},
            {"params": meaning, "peak": MEANING_RATE, "weight_decay": 0.01},
            {"params": [model.words], "peak": VECTOR_RATE, "weight_decay": 0.0},
        ]
    )
    generator = np.random.default_rng(seed)
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * min(1, (step + 1) / 50) * max(0.02, 1 - step / steps)
        chosen = np.minimum(np.searchsorted(share, generator.random(BATCH)), len(examples) - 1)
        chosen += len(examples) * (generator.random(BATCH) < 0.5)
        loss = functional.cross_entropy(model(*sentences.rows(chosen), training=True), torch.from_numpy(wanted[chosen]), label_smoothing=0.05)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 200 == 199:
            print(f"step {step + 1} loss {loss.item():.3f}", flush=True)
    return model.eval()


def accuracy(model: IntentClassifier, examples: list[Labelled], intents: list[str], vocabulary: list[str]) -> float:
    sentences = Sentences([example.words for example in examples], vocabulary)
    with torch.no_grad():
        chosen = model(*sentences.rows(np.arange(len(sentences)))).argmax(1)
    return sum(intents[number] == example.intent for number, example in zip(chosen.tolist(), examples)) / len(examples)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--readings", type=int, default=24)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--without", type=int, help="leaves a tenth of the patterns out and measures on it; writes nothing")
    parser.add_argument("--out", type=Path, default=CLASSIFIER)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    patterns = sample_patterns("patterns", arguments.seed, arguments.readings) + sample_patterns("wording", arguments.seed, arguments.readings)
    intents = sorted({example.intent for example in patterns})
    kept = [example for example in patterns if arguments.without is None or fold_of(example.pattern) != arguments.without]
    known = sum(example.weight for example in kept)
    examples = kept + sample_open_text(arguments.seed, OPEN_SHARE * known)
    vocabulary, vectors = vocabulary_of(examples)
    model = train(examples, intents, arguments.steps, arguments.seed, vocabulary, vectors)
    arrays = round_weights(model)
    if arguments.without is not None:
        unseen = [example for example in patterns if fold_of(example.pattern) == arguments.without]
        print(f"left out patterns: {accuracy(model, unseen, intents, vocabulary):.4f}")
    print(f"development: {accuracy(model, sample_patterns('development', 6, 6), intents, vocabulary):.4f}")
    if arguments.without is None:
        write(arrays, intents, vocabulary, arguments.out)


if __name__ == "__main__":
    main()
