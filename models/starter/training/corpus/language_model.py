"""Trains the word n-gram model of the run-time search and writes language-model.bin.

    python3 -m corpus.language_model --sentences 1000000
"""

import argparse
import math

import numpy as np

from .lexicon_reader import read_lexicon
from .ngram_counts import END, START, count_ngrams, estimate
from .ngram_file import LanguageModel, size_of, write_model
from .ngram_pruning import choose, losses, prune
from .places import LANGUAGE_MODEL
from .sentences import SentenceSource

MAXIMUM_BYTES = 1_300_000
UNKNOWN_PATTERN_SHARE = 0.08


def training_texts(count: int, seed: int) -> list[str]:
    """Sampled sentences of trained patterns, and every open sentence once."""
    source = SentenceSource(seed, out_of_domain_share=UNKNOWN_PATTERN_SHARE)
    open_text = [text for text in source.open_text if text not in source.excluded]
    source.open_text = source.open_text or [""]
    texts = [sentence.text for sentence in (source.draw() for _ in range(count)) if sentence.text]
    return texts + open_text


def with_all_words(keys: np.ndarray, counts: np.ndarray, vocabulary: int) -> tuple[np.ndarray, np.ndarray]:
    """The unigram counts with a zero for every word that no sentence holds."""
    complete = np.zeros(vocabulary, np.int64)
    complete[keys] = counts
    return np.arange(vocabulary, dtype=np.int64), complete


def perplexity(model: LanguageModel, folder: str) -> tuple[float, float]:
    """(perplexity a word, share of sentences with an unknown word) on sampled sentences of a folder."""
    source = SentenceSource(5, folder, out_of_domain_share=0)
    total, words, unknown = 0.0, 0, 0
    for _ in range(2000):
        text = source.draw().text
        if any(word not in model.ids for word in text.split()):
            unknown += 1
            continue
        score, count = model.score(text)
        total, words = total + score, words + count
    return math.exp(-total / words), unknown / 2000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=17)
    arguments = parser.parse_args()
    words = ["<s>", "</s>", *sorted(read_lexicon())]
    ids = {word: index for index, word in enumerate(words)}
    encoded = [np.array([START, *(ids[word] for word in text.split()), END], np.int32) for text in training_texts(arguments.sentences, arguments.seed)]
    counted = count_ngrams(encoded)
    counted[0] = with_all_words(*counted[0], len(words))
    levels = estimate(counted, len(words))
    print("n-grams:", [level.keys.size for level in levels])
    gains = losses(levels)
    low, high = 0.0, float(max(gain.max() for gain in gains))
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if size_of(choose(levels, gains, middle)) > MAXIMUM_BYTES else (low, middle)
    smaller = prune(levels, choose(levels, gains, high))
    write_model(LANGUAGE_MODEL, smaller, words)
    print("kept:", [level.keys.size for level in smaller], "threshold", round(high, 2), "bytes", LANGUAGE_MODEL.stat().st_size)
    model = LanguageModel(LANGUAGE_MODEL)
    for folder in ("patterns", "development"):
        print(folder, "perplexity %.1f, with unknown words %.3f" % perplexity(model, folder))


if __name__ == "__main__":
    main()
