"""Phones of a sentence by domain/lexicon.txt."""

from functools import lru_cache

from .places import DOMAIN


@lru_cache(maxsize=1)
def read_lexicon() -> dict[str, list[str]]:
    """word -> pronunciations, the commonest first."""
    entries: dict[str, list[str]] = {}
    for line in (DOMAIN / "lexicon.txt").read_text(encoding="utf-8").splitlines():
        word, _, phones = line.partition("\t")
        if phones:
            entries.setdefault(word, []).append(phones)
    return entries


def is_known(text: str) -> bool:
    """Whether the lexicon has every word."""
    return all(word in read_lexicon() for word in text.split())


def phones_of(text: str) -> str:
    """The first pronunciation of every word; the letter a of "a m" is EY."""
    lexicon = read_lexicon()
    words = text.split()
    parts: list[str] = []
    for index, word in enumerate(words):
        if word == "a" and index + 1 < len(words) and words[index + 1] == "m":
            parts.append("EY")
        else:
            parts.append(lexicon[word][0])
    return " ".join(parts)
