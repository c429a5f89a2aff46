"""Fills the open slot types from WordNet: words to define or spell, and noun phrases to search for.

    python3 -m corpus.open_words
"""

from collections import Counter

from .lexicon import LEFT_OUT
from .lexicon_reader import read_lexicon
from .open_text import WORDNET, read_open_text
from .places import DOMAIN

COMMON_WORDS, PHRASES = 3000, 2600
PARTS = ("noun", "adj", "verb", "adv")


def lemmas(part: str) -> list[str]:
    """The lemmas of one part of speech, spaces between words."""
    lines = (WORDNET / f"index.{part}").read_text(encoding="latin-1").splitlines()
    return [line.split()[0].replace("_", " ") for line in lines if not line.startswith(" ")]


def main() -> None:
    lexicon = {word for word in read_lexicon() if word not in LEFT_OUT}
    counts = Counter(word for sentence in read_open_text() for word in sentence.split())
    singles = {lemma for part in PARTS for lemma in lemmas(part) if " " not in lemma and lemma in lexicon and len(lemma) > 3}
    chosen = sorted(sorted(singles, key=lambda word: (-counts[word], word))[:COMMON_WORDS])
    (DOMAIN / "slots" / "common_word.txt").write_text("\n".join(chosen) + "\n", encoding="utf-8")
    phrases = [lemma for lemma in lemmas("noun") if len(lemma.split()) in (2, 3) and all(word in lexicon and len(word) > 2 for word in lemma.split())]
    rank = {phrase: sum(1 / (1 + counts[word]) for word in phrase.split()) for phrase in phrases}
    kept = sorted(sorted(phrases, key=lambda phrase: (rank[phrase], phrase))[:PHRASES])
    (DOMAIN / "slots" / "common_phrase.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(len(chosen), "words", len(kept), "phrases")


if __name__ == "__main__":
    main()
