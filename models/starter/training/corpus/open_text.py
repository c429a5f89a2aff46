"""Ordinary English sentences, from Debian's fortunes and WordNet example sentences.

They are out-of-domain speech: restricted to words of the lexicon, 3 to 14 words.
The sentences are cleaned once and kept beside the corpus.
"""

import re
from pathlib import Path

from .places import CORPUS

FORTUNES = Path("/usr/share/games/fortunes")
WORDNET = Path("/usr/share/wordnet")
LEFT_OUT = {"ascii-art", "perl", "kernelcookies", "linuxcookie", "debian", "translate-me", "zippy"}
SENTENCE_END = re.compile(r"[.!?;:]+[\s\"')]+|--+|\n\s*\n|[\"()]")
WORD = re.compile(r"^[a-z]+('[a-z]+)?$")
EXAMPLE = re.compile(r'"([^"]+)"')
MINIMUM_WORDS, MAXIMUM_WORDS = 3, 14


def normalise(sentence: str) -> list[str] | None:
    """Lower-case words, or None where a digit or an odd sign shows that it is no plain sentence."""
    text = sentence.replace("\u2019", "'").replace("-", " ").strip().strip(".!?,;:'\"")
    if re.search(r"[^A-Za-z' ,]", text):
        return None
    words = text.replace(",", " ").lower().split()
    words = [word.strip("'") if word not in ("'em",) else "them" for word in words]
    if not MINIMUM_WORDS <= len(words) <= MAXIMUM_WORDS:
        return None
    return words if all(WORD.match(word) for word in words) else None


def fortune_sentences() -> list[list[str]]:
    """Sentences of the fortune files."""
    found: list[list[str]] = []
    for path in sorted(FORTUNES.glob("*.u8")):
        if path.stem in LEFT_OUT:
            continue
        for block in path.read_text(encoding="utf-8", errors="replace").split("\n%\n"):
            joined = re.sub(r"\n\s+", "\n\n", block)
            for part in SENTENCE_END.split(joined):
                words = normalise(part.replace("\n", " "))
                if words:
                    found.append(words)
    return found


def wordnet_sentences() -> list[list[str]]:
    """Example sentences and short glosses."""
    found: list[list[str]] = []
    for path in sorted(WORDNET.glob("data.*")):
        for line in path.read_text(encoding="latin-1").splitlines():
            _, separator, gloss = line.partition(" | ")
            if not separator:
                continue
            for example in EXAMPLE.findall(gloss):
                words = normalise(example)
                if words:
                    found.append(words)
            definition = gloss.split(";")[0].strip()
            if "(" not in definition and '"' not in definition:
                words = normalise(definition)
                if words and len(words) >= 4:
                    found.append(words)
    return found


def all_sentences() -> list[str]:
    """Every sentence once, in a stable order, not yet restricted to a lexicon."""
    seen = dict.fromkeys(" ".join(words) for words in fortune_sentences() + wordnet_sentences())
    return list(seen)


def read_open_text() -> list[str]:
    """The sentences whose words are all in the lexicon (written by corpus.lexicon)."""
    return (CORPUS / "open-text.txt").read_text(encoding="utf-8").splitlines()
