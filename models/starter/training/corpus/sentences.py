"""Random labelled sentences: the endless text stream of the decoder and of the speech corpus."""

import json
import random
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Iterator

from .domain import UNKNOWN, Pattern, frame, read_intents, read_patterns
from .grammar import Emit, Grammar, join, parse, read_lines
from .open_text import read_open_text
from .places import DOMAIN

OUT_OF_DOMAIN_SHARE = 0.22
OPEN_TEXT_SHARE = 0.7
"""Of the out-of-domain sentences, how many come from real text; the others from patterns/unknown.txt."""
BEFORE_SHARE, AFTER_SHARE = 0.3, 0.22
COMMON_PATTERNS, COMMON_WEIGHT, PATTERN_WEIGHT = 7, 6, 2
"""How often a pattern is drawn for every time that a line of wording/ is; a pattern has more readings than such a line."""
STATEMENT_STARTS = frozenset("i i'm i'd it it's that that's this you you're your we we're the my a an no not don't more less another next what what's can could would sorry please shall there there's too".split())
"""A command pattern that begins so is no imperative and takes no "can you" before it."""
OPEN_SLOTS = {"text", "query", "expression", "phrase", "word", "value", "item", "app", "recipient", "contact", "duration", "time", "location"}


@dataclass
class Sentence:
    """One labelled sentence. target is the frame text; pattern its origin, such as "set_timer/4"."""

    text: str
    intent: str
    slots: dict[str, str] = field(default_factory=dict)
    target: str = "<intent>unknown\n{}</intent>"
    pattern: str = "open-text/0"

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


class SentenceSource:
    """Draws sentences from trained patterns (or held-out ones) and open text."""

    def __init__(self, seed: int, folder: str = "patterns", out_of_domain_share: float = OUT_OF_DOMAIN_SHARE) -> None:
        self.random = random.Random(seed)
        self.grammar = Grammar(DOMAIN / "slots")
        self.intents = {intent["name"]: intent for intent in read_intents()}
        self.out_of_domain_share = out_of_domain_share
        self.wrappings = {path.stem: self._wrapping(path) for path in (DOMAIN / "wrapping").glob("*.txt")}
        compiled: dict[str, list[tuple[Pattern, Emit]]] = {}
        for pattern in read_patterns(folder):
            emit = self.grammar.compile(parse(pattern.text))
            entries = compiled.setdefault(pattern.intent, [])
            common = folder == "patterns" and len(entries) < COMMON_PATTERNS * COMMON_WEIGHT
            entries.extend([(pattern, emit)] * (COMMON_WEIGHT if common else PATTERN_WEIGHT))
        for pattern in read_patterns("wording") if folder == "patterns" else []:
            compiled.setdefault(pattern.intent, []).append((pattern, self.grammar.compile(parse(pattern.text))))
        self.unknown_patterns = compiled.pop(UNKNOWN, [])
        self.patterns = compiled
        self.names = [name for name, patterns in compiled.items() for _ in range(self._share(name))]
        self.open_text = read_open_text() if out_of_domain_share > 0 else []
        self.excluded = read_excluded()

    def _wrapping(self, path: Path) -> list[list[str]]:
        return [line.split() for line, weight in read_lines(path) for _ in range(weight)]

    def _share(self, name: str) -> int:
        slots = self.intents[name]["slots"]
        if not slots:
            return 2
        return 5 if any(slot["name"] in OPEN_SLOTS for slot in slots) else 3

    def draw(self) -> Sentence:
        """One sentence that no evaluation set holds."""
        while True:
            sentence = self._draw_any()
            if sentence.text not in self.excluded:
                return sentence

    def _draw_any(self) -> Sentence:
        draw = self.random.random
        if draw() < self.out_of_domain_share:
            if not self.unknown_patterns or draw() < OPEN_TEXT_SHARE:
                return Sentence(self.open_text[int(draw() * len(self.open_text))], UNKNOWN)
            pattern, emit = self.unknown_patterns[int(draw() * len(self.unknown_patterns))]
            return Sentence(self.grammar.say(emit, draw)[0], UNKNOWN, pattern=pattern.key)
        name = self.names[int(draw() * len(self.names))]
        entries = self.patterns[name]
        pattern, emit = entries[int(draw() * len(entries))]
        return self.realise(pattern, emit)

    def realise(self, pattern: Pattern, emit: Emit) -> Sentence:
        """One reading of a pattern, sometimes wrapped in politeness or an address."""
        draw = self.random.random
        words: list[str] = []
        spans: list[tuple[str, int, int]] = []
        emit(words, spans, draw)
        slots = {name: join(words[start:end]) for name, start, end in spans}
        mode = "plain" if words and words[0] in STATEMENT_STARTS else pattern.mode
        scale = 0.5 if mode == "plain" else 1.0
        if draw() < BEFORE_SHARE * scale:
            before = self.wrappings[f"{mode}-before"]
            words[:0] = before[int(draw() * len(before))]
        if draw() < AFTER_SHARE * scale:
            after = self.wrappings[f"{mode}-after"]
            words.extend(after[int(draw() * len(after))])
        text = join(words)
        return Sentence(text, pattern.intent, slots, frame(self.intents[pattern.intent], slots), pattern.key)

    def stream(self) -> Iterator[Sentence]:
        """Sentences without end."""
        while True:
            yield self.draw()


def read_excluded() -> frozenset[str]:
    """The texts of every evaluation set: never trained on."""
    texts: set[str] = set()
    for path in (DOMAIN / "evaluation").glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"]
            if len(text.split()) > 2:
                texts.add(text)
    return frozenset(texts)
