"""Counts of n-grams as sorted integer keys, and Kneser-Ney probabilities from them.

An n-gram (w1 .. wn) is the integer sum of wi << (BITS * (n - i)), so that its context is
`key >> BITS` and its suffix `key & mask`.
"""

from dataclasses import dataclass

import numpy as np

BITS = 14
ORDER = 4
START, END = 0, 1


@dataclass
class Level:
    """All n-grams of one order: sorted keys, raw counts, probabilities, and the back-off weight as a context."""

    keys: np.ndarray
    counts: np.ndarray
    probability: np.ndarray
    back_off: np.ndarray


def mask(order: int) -> int:
    """Keeps the last `order` words of a key."""
    return (1 << (BITS * order)) - 1


def count_ngrams(sentences: list[np.ndarray]) -> list[tuple[np.ndarray, np.ndarray]]:
    """(keys, counts) of orders 1..ORDER; each sentence is START words END."""
    lengths = np.array([sentence.size for sentence in sentences])
    stream = np.concatenate(sentences).astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    position = np.arange(stream.size) - np.repeat(starts, lengths)
    results = []
    key = np.zeros(stream.size, np.int64)
    for order in range(1, ORDER + 1):
        key = (np.concatenate([[0], key[:-1]]) << BITS) | stream
        whole = key[position >= order - 1] & mask(order)
        results.append(np.unique(whole, return_counts=True))
    return results


def discounts(counts: np.ndarray) -> np.ndarray:
    """The three discounts of modified Kneser-Ney for counts 1, 2 and 3 or more."""
    n = [max(int((counts == value).sum()), 1) for value in (1, 2, 3, 4)]
    base = n[0] / (n[0] + 2 * n[1])
    found = [value - (value + 1) * base * n[value] / n[value - 1] for value in (1, 2, 3)]
    return np.clip(np.array(found), 0.1, [0.95, 1.8, 2.7])


def estimate(levels: list[tuple[np.ndarray, np.ndarray]], vocabulary: int) -> list[Level]:
    """Interpolated modified Kneser-Ney over all orders."""
    results: list[Level] = []
    for order in range(1, ORDER + 1):
        keys, raw = levels[order - 1]
        counts = raw.astype(np.float64)
        if order < ORDER:
            longer = levels[order][0] & mask(order)
            suffixes, continuations = np.unique(longer, return_counts=True)
            found = np.searchsorted(keys, suffixes)
            starts_sentence = (keys >> (BITS * (order - 1))) == START
            adjusted = np.zeros(keys.size)
            adjusted[found] = continuations
            counts = np.where(starts_sentence, counts, np.maximum(adjusted, 1e-9))
        results.append(estimate_level(order, keys, raw, counts, results, vocabulary))
    return results


def estimate_level(order: int, keys: np.ndarray, raw: np.ndarray, counts: np.ndarray, lower: list[Level], vocabulary: int) -> Level:
    """Probabilities of one order, given the orders below; sets the back-off weights one order below."""
    if order == 1:
        counts = np.where(keys == START, 0, np.maximum(counts, 0.5))
        discount = np.minimum(counts, 0.5)
        total = counts.sum()
        probability = (counts - discount) / total + discount.sum() / total / (vocabulary - 1)
        return Level(keys, raw, np.where(keys == START, 1e-7, probability), np.ones(keys.size))
    table = discounts(np.round(counts).astype(int))
    discount = np.minimum(counts, table[np.clip(np.round(counts).astype(int), 1, 3) - 1])
    context = keys >> BITS
    first = np.concatenate([[0], np.nonzero(np.diff(context))[0] + 1])
    sizes = np.diff(np.concatenate([first, [keys.size]]))
    totals = np.add.reduceat(counts, first)
    gamma = np.add.reduceat(discount, first) / totals
    below = lower[-1]
    below.back_off[np.searchsorted(below.keys, context[first])] = gamma
    suffix = np.searchsorted(below.keys, keys & mask(order - 1))
    probability = (counts - discount) / np.repeat(totals, sizes) + np.repeat(gamma, sizes) * below.probability[suffix]
    return Level(keys, raw, probability, np.ones(keys.size))
