"""Makes the kind of mistakes that a recogniser makes: words that sound alike, words lost, little words put in."""

from __future__ import annotations

import random
from collections import defaultdict
from functools import cache

from corpus.domain import frame, read_intents
from model_folder import LEXICON
from phone_error import edit_distance

FILLERS = ["um", "uh", "well", "so", "the", "a", "and", "oh", "like"]


class SoundAlikes:
    """Words of the lexicon that are near in phones."""

    def __init__(self):
        self.phones: dict[str, list[str]] = {}
        for line in LEXICON.read_text(encoding="utf-8").splitlines():
            word, _, phones = line.partition("\t")
            self.phones.setdefault(word, phones.split())
        self.by_pair: dict[tuple[str, str], list[str]] = defaultdict(list)
        for word, phones in self.phones.items():
            for pair in set(zip(["#", *phones], [*phones, "#"])):
                self.by_pair[pair].append(word)
        self.words = list(self.phones)
        self.near = cache(self._near)

    def _near(self, word: str) -> tuple[str, ...]:
        phones = self.phones.get(word)
        if not phones:
            return ()
        shared: dict[str, int] = defaultdict(int)
        for pair in set(zip(["#", *phones], [*phones, "#"])):
            for other in self.by_pair[pair][:800]:
                shared[other] += 1
        shared.pop(word, None)
        candidates = sorted(shared, key=lambda other: -shared[other] / (len(self.phones[other]) + 3))[:25]
        scored = sorted((edit_distance(phones, self.phones[other]) / max(len(phones), 2), other) for other in candidates)
        return tuple(other for distance, other in scored if distance <= 0.6)[:8]


class RecognitionErrors:
    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.alikes = SoundAlikes()
        self.intents = {intent["name"]: intent for intent in read_intents()}

    def spoil(self, sentence: dict, rate: float) -> tuple[str, str]:
        """(text, frame) with about `rate` errors a word; slot values follow what the text now says."""
        words = sentence["text"].split()
        owner: list[str | None] = [None] * len(words)
        for name, value in sentence["slots"].items():
            parts = value.split()
            for start in range(len(words) - len(parts) + 1):
                if words[start : start + len(parts)] == parts and not any(owner[start : start + len(parts)]):
                    owner[start : start + len(parts)] = [name] * len(parts)
                    break
            else:
                return sentence["text"], sentence["target"]
        text: list[str] = []
        values: dict[str, list[str]] = {name: [] for name in sentence["slots"]}
        for word, name in zip(words, owner):
            spoken = self._mishear(word, rate, inside=name is not None)
            text.extend(spoken)
            if name:
                values[name].extend(spoken)
        if not text or any(not value for value in values.values()):
            return sentence["text"], sentence["target"]
        slots = {name: " ".join(value) for name, value in values.items()}
        return " ".join(text), frame(self.intents.get(sentence["intent"]), slots)

    def _mishear(self, word: str, rate: float, inside: bool) -> list[str]:
        draw = self.random.random()
        if draw > rate:
            return [word]
        kind = self.random.random()
        if kind < 0.7 or inside:
            near = self.alikes.near(word)
            return [self.random.choice(near)] if near else [word]
        if kind < 0.88:
            return []
        return [word, self.random.choice(FILLERS)] if kind < 0.96 else [word, self.random.choice(self.alikes.words)]
