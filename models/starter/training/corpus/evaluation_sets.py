"""Chooses the sentences and voices of the test sets and of the development set.

Sets that exist are kept; some may be extended with patterns that were set aside later:

    python3 -m corpus.evaluation_sets
    python3 -m corpus.evaluation_sets --extend
"""

import argparse
import json
import random
from typing import Any, Iterator

from .domain import UNKNOWN, read_patterns
from .grammar import parse
from .neural_speakers import STRANGERS
from .places import CORPUS, DOMAIN
from .sentences import Sentence, SentenceSource

SIZE = 320
SEEN_VOICES = ["flite-slt", "flite-rms", "flite-kal16", "festival-kal", "festival-slt", "flite-slt", "flite-rms"]
TEST_VOICES = ["flite-awb", "festival-ked"]
MALE = {"flite-rms", "flite-kal16", "festival-kal", "flite-awb", "festival-ked"}
TRAINING_SAMPLE = 1_500_000
EVALUATION = DOMAIN / "evaluation"
EXTENSIONS = {
    "a": ("held-out", 11, SEEN_VOICES),
    "c": ("held-out", 13, TEST_VOICES),
    "dev": ("development", 14, SEEN_VOICES),
    "dev-strangers": ("development", 16, [f"neural-{name}" for name in STRANGERS]),
}


def trained_texts() -> set[str]:
    """Sentences that trained patterns can produce (a large sample), and all spoken ones so far."""
    source = SentenceSource(4242)
    texts = {source.draw().text for _ in range(TRAINING_SAMPLE)}
    return texts | spoken_texts()


def spoken_texts() -> set[str]:
    """Every sentence of the speech corpus."""
    return {json.loads(line)["text"] for path in CORPUS.glob("speech-*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()}


def pattern_sentences(folder: str, seed: int, forbidden: set[str], skip: frozenset[str] = frozenset()) -> Iterator[Sentence]:
    """Sentences of a folder, one intent after the other and all patterns in turn."""
    source = SentenceSource(seed, folder, out_of_domain_share=0)
    by_intent: dict[str, list[Any]] = {}
    for pattern in read_patterns(folder):
        if pattern.intent != UNKNOWN and f"{pattern.intent}\t{pattern.text}" not in skip:
            by_intent.setdefault(pattern.intent, []).append((pattern, source.grammar.compile(parse(pattern.text))))
    used: set[str] = set()
    for patterns in by_intent.values():
        source.random.shuffle(patterns)
    turn = 0
    while turn < 400:
        for patterns in by_intent.values():
            pattern, emit = patterns[turn % len(patterns)]
            for _ in range(30):
                sentence = source.realise(pattern, emit)
                if sentence.text not in used and sentence.text not in forbidden:
                    used.add(sentence.text)
                    yield sentence
                    break
        turn += 1


def lines_of(name: str, sentences: list[Sentence], voices: list[str], first: int = 0) -> list[str]:
    """JSON lines of a set; the voices take turns."""
    lines: list[str] = []
    for number, sentence in enumerate(sentences, start=first):
        voice = voices[number % len(voices)]
        label = {"id": f"{name}-{number:04d}", "text": sentence.text, "intent": sentence.intent, "slots": sentence.slots, "target": sentence.target, "voice": voice, "gender": "male" if voice in MALE or STRANGERS.get(voice.partition("-")[2]) == "male" else "female", "content": "speech", "pattern": sentence.pattern}
        lines.append(json.dumps(label, ensure_ascii=False))
    return lines


def take(sentences: Iterator[Sentence], count: int, seed: int) -> list[Sentence]:
    """The first `count`, in random order."""
    chosen = [sentence for sentence, _ in zip(sentences, range(count))]
    random.Random(seed).shuffle(chosen)
    return chosen


def write(name: str, lines: list[str]) -> None:
    (EVALUATION / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(name, len(lines))


def make_all() -> None:
    forbidden = trained_texts()
    spoken = spoken_texts()
    write("a", lines_of("a", take(pattern_sentences("held-out", 1, forbidden), SIZE, 1), SEEN_VOICES))
    write("c", lines_of("c", take(pattern_sentences("held-out", 3, forbidden), SIZE, 3), TEST_VOICES))
    write("b", lines_of("b", take(pattern_sentences("patterns", 2, spoken), SIZE, 2), TEST_VOICES))
    development = take(pattern_sentences("development", 4, forbidden), SIZE // 2, 4) + take(pattern_sentences("patterns", 5, spoken), SIZE // 2, 5)
    write("dev", lines_of("dev", development, SEEN_VOICES))
    make_strangers(forbidden, spoken)
    ood = [Sentence(text, UNKNOWN, pattern="ood/0") for text in (EVALUATION / "ood-sentences.txt").read_text(encoding="utf-8").splitlines() if text]
    write("ood", lines_of("ood", ood, TEST_VOICES * 2 + SEEN_VOICES[:4]))
    silent = [json.dumps({"id": f"nonspeech-{number:04d}", "text": "", "intent": UNKNOWN, "slots": {}, "target": Sentence("", UNKNOWN).target, "voice": "none", "gender": "unsure", "content": "noise"}) for number in range(SIZE)]
    write("nonspeech", silent)


def make_strangers(forbidden: set[str], spoken: set[str]) -> None:
    """The development set of new voices: half new wording, half trained wording."""
    sentences = take(pattern_sentences("development", 6, forbidden), SIZE // 4, 6) + take(pattern_sentences("patterns", 7, spoken), SIZE // 4, 7)
    lines = lines_of("dev-strangers", sentences, [f"neural-{name}" for name in STRANGERS])
    write("dev-strangers", lines)


def extend(names: list[str]) -> None:
    """Adds sentences of patterns that were set aside after the sets were made."""
    forbidden = trained_texts()
    for name in names:
        folder, seed, voices = EXTENSIONS[name]
        path = EVALUATION / f"{name}.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines()
        known = {json.loads(line)["pattern"] for line in lines}
        old = frozenset(f"{pattern.intent}\t{pattern.text}" for pattern in read_patterns(folder) if pattern.key in known)
        added = take(pattern_sentences(folder, seed, forbidden, old), SIZE // 2, seed)
        write(name, lines + lines_of(name, added, voices, len(lines)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--extend", nargs="*", choices=list(EXTENSIONS))
    names = parser.parse_args().extend
    make_all() if names is None else extend(names or list(EXTENSIONS))


if __name__ == "__main__":
    main()
