"""Words of much the same meaning, from WordNet."""

from .lexicon_reader import read_lexicon
from .open_text import WORDNET

SENSES = 2
PARTS = ("noun", "verb", "adj", "adv")


def read_synonyms() -> dict[str, list[str]]:
    """word -> other words of its commonest senses, all of them in the lexicon."""
    known = set(read_lexicon())
    synonyms: dict[str, list[str]] = {}
    for part in PARTS:
        synsets: dict[str, list[str]] = {}
        for line in (WORDNET / f"data.{part}").read_text(encoding="latin-1").splitlines():
            if line.startswith(" "):
                continue
            fields = line.split()
            count = int(fields[3], 16)
            synsets[fields[0]] = [word.split("(")[0].lower() for word in fields[4 : 4 + 2 * count : 2]]
        for line in (WORDNET / f"index.{part}").read_text(encoding="latin-1").splitlines():
            if line.startswith(" "):
                continue
            fields = line.split()
            word = fields[0]
            if word not in known:
                continue
            senses = fields[len(fields) - int(fields[2]) :][:SENSES]
            others = [other for sense in senses for other in synsets[sense] if other != word and other in known]
            if others:
                synonyms.setdefault(word, []).extend(dict.fromkeys(others))
    return synonyms
