"""Takes n-grams out of a model where they change its predictions least."""

import numpy as np

from .ngram_counts import BITS, ORDER, Level, mask


def losses(levels: list[Level]) -> list[np.ndarray]:
    """How much each n-gram of orders 2.. adds: its count times the log ratio to backing off."""
    found: list[np.ndarray] = []
    for order in range(2, ORDER + 1):
        level, below = levels[order - 1], levels[order - 2]
        suffix = np.searchsorted(below.keys, level.keys & mask(order - 1))
        context = np.searchsorted(below.keys, level.keys >> BITS)
        backed_off = below.back_off[context] * below.probability[suffix]
        found.append(level.counts * np.abs(np.log(level.probability / backed_off)))
    return found


def choose(levels: list[Level], gains: list[np.ndarray], threshold: float) -> list[np.ndarray]:
    """Which n-grams stay, by order: those that gain enough, and the contexts and suffixes of those."""
    kept = [np.ones(levels[0].keys.size, bool)] + [gain >= threshold for gain in gains]
    for order in range(ORDER, 2, -1):
        level, below = levels[order - 1], levels[order - 2]
        keys = level.keys[kept[order - 1]]
        kept[order - 2][np.searchsorted(below.keys, keys >> BITS)] = True
        kept[order - 2][np.searchsorted(below.keys, keys & mask(order - 1))] = True
    return kept


def prune(levels: list[Level], kept: list[np.ndarray]) -> list[Level]:
    """The smaller model with its back-off weights worked out anew."""
    smaller = [Level(level.keys[keep], level.counts[keep], level.probability[keep], np.ones(int(keep.sum()))) for level, keep in zip(levels, kept)]
    for order in range(2, ORDER + 1):
        level, below = smaller[order - 1], smaller[order - 2]
        if level.keys.size == 0:
            continue
        context = level.keys >> BITS
        first = np.concatenate([[0], np.nonzero(np.diff(context))[0] + 1])
        suffix = np.searchsorted(below.keys, level.keys & mask(order - 1))
        listed = np.add.reduceat(level.probability, first)
        listed_below = np.add.reduceat(below.probability[suffix], first)
        weight = np.maximum(1 - listed, 1e-6) / np.maximum(1 - listed_below, 1e-6)
        below.back_off[np.searchsorted(below.keys, context[first])] = np.clip(weight, 1e-6, 4)
    return smaller
