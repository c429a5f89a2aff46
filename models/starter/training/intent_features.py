"""The features by which sentences are told apart: single words, stems, neighbours, and pairs of words at any distance.

engine/recognise/intent-features.ts computes the same ones.
"""

from __future__ import annotations

import zlib
from functools import cache

NEIGHBOUR_BUCKETS, PAIR_BUCKETS = 6144, 8192
ENDINGS = ("ing", "ed", "er", "es", "s", "e")
MOST_WORDS_IN_PAIRS = 12


@cache
def stem(word: str) -> str:
    """The same for wake, wakes and waking; as engine/recognise/word-stem.ts."""
    for ending in ENDINGS:
        if not word.endswith(ending) or len(word) - len(ending) < 3:
            continue
        rest = word[: -len(ending)]
        return rest[:-1] if rest[-1] == rest[-2] else rest
    return word


@cache
def bucket(feature: str, buckets: int) -> int:
    return zlib.crc32(feature.encode()) % buckets


def neighbour_features(words: list[str]) -> list[int]:
    """Buckets of words, stems, and neighbours of a sentence of at least one word."""
    said = ["<", *words, ">"]
    stems = [stem(word) for word in said]
    names = [f"n{min(len(words), 12)}"]
    names += [f"w {word}" for word in words]
    names += [f"s {name}" for name in stems[1:-1]]
    names += [f"b {one} {two}" for one, two in zip(said, said[1:])]
    names += [f"k {one} {two}" for one, two in zip(stems, stems[2:])]
    names += [f"t {one} {two} {three}" for one, two, three in zip(said, said[1:], said[2:])]
    return [bucket(name, NEIGHBOUR_BUCKETS) for name in names]


def pair_features(words: list[str]) -> list[int]:
    """Buckets of the unordered pairs of the first different stems."""
    stems = list(dict.fromkeys(stem(word) for word in words))[:MOST_WORDS_IN_PAIRS]
    stems.sort()
    names = [f"p {one} {two}" for index, one in enumerate(stems) for two in stems[index:]]
    return [bucket(name, PAIR_BUCKETS) for name in names]
