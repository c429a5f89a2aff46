"""Labelled sentences for the intent classifier: every pattern says equally much, and some sentences are made worse."""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass

from corpus.domain import UNKNOWN, read_patterns
from corpus.grammar import parse
from corpus.sentences import SentenceSource
from corpus.synonyms import read_synonyms
from recognition_errors import SoundAlikes

OPEN_SENTENCES = 20_000
OPEN_SHARE = 0.12
"""Of all examples, how many are ordinary text."""
WORD_LOST, WORD_REPLACED, WORD_MISHEARD = 0.08, 0.06, 0.04
FOLDS = 10


@dataclass
class Labelled:
    """weight: how often it is drawn."""

    intent: str
    pattern: str
    words: list[str]
    weight: float


def fold_of(pattern: str) -> int:
    """Which part of the patterns one belongs to when wording is left out of training."""
    return zlib.crc32(f"x{pattern}".encode()) % FOLDS


def sample_patterns(folder: str, seed: int, readings: int) -> list[Labelled]:
    """Up to `readings` different sentences of every pattern; intents with more patterns weigh more, but not as much."""
    source = SentenceSource(seed, folder, out_of_domain_share=0)
    patterns = read_patterns(folder)
    counts: dict[str, int] = {}
    for pattern in patterns:
        counts[pattern.intent] = counts.get(pattern.intent, 0) + 1
    found: list[Labelled] = []
    for pattern in patterns:
        emit = source.grammar.compile(parse(pattern.text))
        texts = set()
        for _ in range(readings):
            if pattern.intent == UNKNOWN:
                texts.add(source.grammar.say(emit, source.random.random)[0])
            else:
                texts.add(source.realise(pattern, emit).text)
        texts = sorted(text for text in texts - source.excluded if text)
        found += [Labelled(pattern.intent, pattern.key, text.split(), 1 / len(texts) / counts[pattern.intent] ** 0.5) for text in texts]
    return found


def sample_open_text(seed: int, weight_of_all: float) -> list[Labelled]:
    source = SentenceSource(seed)
    texts = [text for text in source.open_text if text not in source.excluded]
    chosen = random.Random(seed).sample(texts, OPEN_SENTENCES)
    return [Labelled(UNKNOWN, "open-text/0", text.split(), weight_of_all / OPEN_SENTENCES) for text in chosen]


class Spoiler:
    """Loses words, puts synonyms in their place, or words that sound alike."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.synonyms = read_synonyms()
        self.alikes = SoundAlikes()

    def spoil(self, words: list[str]) -> list[str]:
        kept: list[str] = []
        for word in words:
            draw = self.random.random()
            if draw < WORD_LOST:
                continue
            if draw < WORD_LOST + WORD_REPLACED:
                others = self.synonyms.get(word)
                kept.append(self.random.choice(others) if others else word)
            elif draw < WORD_LOST + WORD_REPLACED + WORD_MISHEARD:
                near = self.alikes.near(word)
                kept.append(self.random.choice(near) if near else word)
            else:
                kept.append(word)
        return kept or words
