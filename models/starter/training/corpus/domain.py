"""The intents and their patterns, as the domain files hold them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .grammar import WEIGHT
from .places import DOMAIN

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Pattern:
    """One line of a pattern file. mode: command | question | plain (how it may be wrapped)."""

    intent: str
    number: int
    text: str
    mode: str

    @property
    def key(self) -> str:
        return f"{self.intent}/{self.number}"


def read_intents() -> list[dict[str, Any]]:
    """The entries of intents.json."""
    return json.loads((DOMAIN / "intents.json").read_text(encoding="utf-8"))


def read_patterns(folder: str = "patterns") -> list[Pattern]:
    """All patterns of a folder of the domain (patterns, held-out or development)."""
    patterns: list[Pattern] = []
    for path in sorted((DOMAIN / folder).glob("*.txt")):
        patterns.extend(read_pattern_file(path))
    return patterns


def read_pattern_file(path: Path) -> list[Pattern]:
    """The patterns of one file, numbered by line."""
    mode = "plain"
    patterns: list[Pattern] = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("@"):
            mode = line[1:]
            continue
        patterns.append(Pattern(path.stem, number, WEIGHT.sub("", line), mode))
    return patterns


def frame(intent: dict[str, Any] | None, slots: dict[str, str]) -> str:
    """The frame text that the decoder learns to write."""
    if intent is None:
        return "<intent>unknown\n{}</intent>"
    ordered = {slot["name"]: slots[slot["name"]] for slot in intent["slots"] if slot["name"] in slots}
    body = json.dumps(ordered, ensure_ascii=False)
    if intent["kind"] == "tool":
        return f"<tool_call>function\n{intent['name']}\n{body}</tool_call>"
    return f"<intent>{intent['name']}\n{body}</intent>"
