"""Builds domain/lexicon.txt: the words of the domain and the commonest English words.

Pronunciations come from the CMU dictionary as Debian's festlex-cmu holds it, stress
taken off, 39 phones; domain/lexicon-additions.txt holds words it lacks.

    python3 -m corpus.lexicon
"""

import re
from collections import Counter
from pathlib import Path

from .domain import read_patterns
from .grammar import TOKEN, read_lines
from .open_text import all_sentences
from .places import CORPUS, DOMAIN

CMU = Path("/usr/share/festival/dicts/cmu/cmudict-0.4.out")
ENTRY = re.compile(r'^\("([^"]+)" \S+ \((.*)\)\)\s*$')
SYLLABLE = re.compile(r"\(\(([^()]*)\) \d\)")
WORD_COUNT = 12000
PHONES = {"ax": "AH"}
POSSESSIVE_AFTER = {"S": "IH Z", "Z": "IH Z", "SH": "IH Z", "ZH": "IH Z", "CH": "IH Z", "JH": "IH Z"}
LEFT_OUT = frozenset("ass penis pornography sex sexes sexual sexually nazi nazis colored rape raped whore bitch".split())
"""Words that an assistant should not hear by mistake."""
VOICELESS = {"P", "T", "K", "F", "TH"}


def read_cmu() -> dict[str, list[str]]:
    """word -> pronunciations ("W AH N"), in the dictionary's order."""
    entries: dict[str, list[str]] = {}
    for line in CMU.read_text(encoding="latin-1").splitlines():
        match = ENTRY.match(line)
        if not match:
            continue
        phones = " ".join(PHONES.get(phone, phone.upper()) for syllable in SYLLABLE.findall(match[2]) for phone in syllable.split())
        variants = entries.setdefault(match[1].lower(), [])
        if phones and phones not in variants:
            variants.append(phones)
    return entries


def read_additions() -> dict[str, list[str]]:
    """The hand-written entries; they replace the dictionary's."""
    entries: dict[str, list[str]] = {}
    path = DOMAIN / "lexicon-additions.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, phones = line.partition("\t")
        if phones and not line.startswith("#"):
            entries.setdefault(word, []).append(phones.strip())
    return entries


def domain_words() -> set[str]:
    """Every word that a pattern, slot value or wrapping can produce."""
    lines = [pattern.text for folder in ("patterns", "wording", "held-out", "development") for pattern in read_patterns(folder)]
    for folder in ("slots", "wrapping"):
        for path in (DOMAIN / folder).glob("*.txt"):
            lines.extend(line for line, _ in read_lines(path))
    words: set[str] = set()
    for line in lines:
        for token in TOKEN.findall(line):
            if token[0] not in "()|[]{<":
                words.add(token)
    possessives = {f"{word}'s" for name in ("first_name", "month") for word, _ in read_lines(DOMAIN / "slots" / f"{name}.txt")}
    people = {f"{word}'s" for word in ("mom", "dad", "mum", "mother", "father", "wife", "husband", "brother", "sister", "boss", "son", "daughter", "girlfriend", "boyfriend", "grandmother", "grandma", "grandpa", "uncle", "aunt", "doctor", "dentist", "neighbor", "teacher", "parents", "office", "friend", "plumber", "bank", "school", "pharmacy")}
    surnames = {f"{word}'s" for word, _ in read_lines(DOMAIN / "slots" / "surname.txt")}
    return {word for word in words | possessives | people | surnames if not word.startswith("'")}


def pronounce(word: str, cmu: dict[str, list[str]], additions: dict[str, list[str]]) -> list[str]:
    """All pronunciations of a word; possessives and plain contractions are derived."""
    if word in additions:
        return additions[word]
    if word in cmu:
        return cmu[word]
    if word.endswith("'s"):
        return [f"{phones} {possessive_ending(phones)}" for phones in pronounce(word[:-2], cmu, additions)]
    return []


def possessive_ending(phones: str) -> str:
    """The phones of 's after a word."""
    last = phones.split()[-1]
    return POSSESSIVE_AFTER.get(last, "S" if last in VOICELESS else "Z")


def replace(path: Path, lines: list[str]) -> None:
    """Writes a file in one step, since other processes may be reading it."""
    temporary = path.with_name(f"{path.name}.tmp")
    temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")
    temporary.replace(path)


def main() -> None:
    cmu, additions = read_cmu(), read_additions()
    needed = domain_words()
    missing = sorted(word for word in needed if not pronounce(word, cmu, additions))
    if missing:
        print("no pronunciation:", " ".join(missing))
    sentences = all_sentences()
    counts = Counter(word for sentence in sentences for word in sentence.split())
    chosen = dict.fromkeys(sorted(needed | set(additions)))
    for word, _ in counts.most_common():
        if len(chosen) >= WORD_COUNT:
            break
        if word not in LEFT_OUT and (len(word) > 1 or word in "ai") and pronounce(word, cmu, additions):
            chosen[word] = None
    lines = [f"{word}\t{phones}" for word in sorted(chosen) for phones in pronounce(word, cmu, additions)]
    replace(DOMAIN / "lexicon.txt", lines)
    known = {line.partition("\t")[0] for line in lines}
    kept = [sentence for sentence in sentences if all(word in known for word in sentence.split())]
    CORPUS.mkdir(parents=True, exist_ok=True)
    replace(CORPUS / "open-text.txt", kept)
    print(f"{len(known)} words, {len(lines)} pronunciations, {len(kept)} of {len(sentences)} open sentences")


if __name__ == "__main__":
    main()
