"""The intent classifier: hashed features of a sentence, and a convolution over what its words mean."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as functional
from torch import nn

from intent_features import NEIGHBOUR_BUCKETS, PAIR_BUCKETS, neighbour_features, pair_features

DIMENSION, HIDDEN = 20, 96
"""Of the hashed features."""
WIDTHS, CHANNELS, MEANING_HIDDEN = (1, 3, 5), 96, 160
"""Of the convolution: words at once, channels for each, and the layer after it."""
MOST_WORDS = 16
"""Of a sentence with both of its ends; the rest is cut off."""
SPECIAL = ["<none>", "<other>", "<", ">"]
"""The first words of the vocabulary: no word, a word without a vector, beginning and end."""
FEATURES_LOST, WORDS_LOST = 0.35, 0.12


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


class Sentences:
    """Sentences as the classifier reads them: two bags of features and a row of word numbers."""

    def __init__(self, sentences: list[list[str]], vocabulary: list[str]) -> None:
        numbers = {word: number for number, word in enumerate(vocabulary)}
        other, first, last = (numbers[word] for word in SPECIAL[1:])
        self.neighbours = Bags([neighbour_features(words) for words in sentences])
        self.pairs = Bags([pair_features(words) for words in sentences])
        self.words = np.zeros((len(sentences), MOST_WORDS), np.int64)
        for row, words in zip(self.words, sentences):
            said = [first, *(numbers.get(word, other) for word in words[: MOST_WORDS - 2]), last]
            row[: len(said)] = said

    def __len__(self) -> int:
        return len(self.words)

    def rows(self, chosen: np.ndarray) -> tuple:
        return self.neighbours.rows(chosen), self.pairs.rows(chosen), torch.from_numpy(self.words[chosen])


class IntentClassifier(nn.Module):
    """Scores of both readers added: bags summed and divided by the root of their size, and word vectors convolved."""

    def __init__(self, intents: int, vectors: np.ndarray) -> None:
        """vectors: float32 [words, dimension], those of SPECIAL first."""
        super().__init__()
        self.neighbours = nn.EmbeddingBag(NEIGHBOUR_BUCKETS, DIMENSION, mode="sum")
        self.pairs = nn.EmbeddingBag(PAIR_BUCKETS, DIMENSION, mode="sum")
        for bag in (self.neighbours, self.pairs):
            nn.init.normal_(bag.weight, 0, 0.1)
        self.hidden = nn.Linear(2 * DIMENSION, HIDDEN)
        self.out = nn.Linear(HIDDEN, intents)
        self.words = nn.Parameter(torch.from_numpy(vectors))
        self.convolutions = nn.ModuleList([nn.Conv1d(vectors.shape[1], CHANNELS, width, padding=width // 2) for width in WIDTHS])
        self.meaning_hidden = nn.Linear(CHANNELS * len(WIDTHS), MEANING_HIDDEN)
        self.meaning_out = nn.Linear(MEANING_HIDDEN, intents)

    def bag_scores(self, neighbours: tuple, pairs: tuple, lost: float) -> torch.Tensor:
        summed = []
        for bag, (buckets, offsets, counts) in ((self.neighbours, neighbours), (self.pairs, pairs)):
            kept = (torch.rand(buckets.shape[0]) > lost).float() if lost > 0 else None
            summed.append(bag(buckets, offsets, per_sample_weights=kept) / counts.sqrt().unsqueeze(1))
        hidden = functional.relu(self.hidden(torch.cat(summed, 1)))
        return self.out(functional.dropout(hidden, 0.1) if lost > 0 else hidden)

    def meaning_scores(self, words: torch.Tensor, lost: float) -> torch.Tensor:
        training = lost > 0
        if training:
            words = torch.where((torch.rand(words.shape) < lost) & (words >= len(SPECIAL)), 1, words)
        said = (words > 0).unsqueeze(1)
        meant = functional.dropout(self.words[words], 0.15, training).transpose(1, 2) * said
        heard = [functional.relu(convolution(meant)).masked_fill(~said, 0).amax(2) for convolution in self.convolutions]
        hidden = functional.relu(self.meaning_hidden(functional.dropout(torch.cat(heard, 1), 0.25, training)))
        return self.meaning_out(functional.dropout(hidden, 0.25, training))

    def forward(self, neighbours: tuple, pairs: tuple, words: torch.Tensor, training: bool = False) -> torch.Tensor:
        features_lost, words_lost = (FEATURES_LOST, WORDS_LOST) if training else (0.0, 0.0)
        return self.bag_scores(neighbours, pairs, features_lost) + self.meaning_scores(words, words_lost)
