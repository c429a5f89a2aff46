"""Random labelled sentences from the domain grammar, as plain dictionaries."""

from __future__ import annotations

from typing import Iterator

from corpus.sentences import SentenceSource


def sentences(seed: int, count: int | None = None, out_of_domain_share: float | None = None) -> Iterator[dict]:
    """{"text", "intent", "slots", "target", "pattern"} without end, or `count` of them."""
    source = SentenceSource(seed) if out_of_domain_share is None else SentenceSource(seed, out_of_domain_share=out_of_domain_share)
    drawn = 0
    while count is None or drawn < count:
        yield source.draw().as_dict()
        drawn += 1
