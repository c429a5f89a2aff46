"""Greedy phones from CTC log-probabilities, and the phone error rate."""

from __future__ import annotations

import torch


def greedy_phones(log_probabilities: torch.Tensor, labels: list[str]) -> list[str]:
    """[slot, label] to phones: best label of every slot, repeats joined, blanks dropped."""
    best = log_probabilities.argmax(dim=-1)
    joined = torch.unique_consecutive(best).tolist()
    return [labels[index] for index in joined if index != 0]


def edit_distance(first: list, second: list) -> int:
    previous = list(range(len(second) + 1))
    for row, left in enumerate(first, 1):
        current = [row]
        for column, right in enumerate(second, 1):
            current.append(min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (left != right)))
        previous = current
    return previous[-1]
