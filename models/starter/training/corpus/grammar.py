"""The pattern language of the domain files, and random sentences from it.

A pattern is words, `(a|b c)` alternatives, `[x|y]` optional parts, `{slot}` or
`{slot:type}` for a captured value, and `<type>` for a part from slots/<type>.txt
that is not captured. A line may end in ` *N`, its weight (1 when absent).
"""

import random
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Callable

TOKEN = re.compile(r"[()|\[\]]|\{[^}]+\}|<[^>]+>|[^\s()|\[\]{}<>]+")
WEIGHT = re.compile(r"\s\*(\d+)$")

Spans = list[tuple[str, int, int]]
Emit = Callable[[list[str], Spans, Callable[[], float]], None]


@dataclass(frozen=True)
class Node:
    """kind: word | sequence | choice | slot | part. `text` holds a word or a type name."""

    kind: str
    text: str = ""
    name: str = ""
    children: tuple["Node", ...] = ()


def parse(pattern: str) -> Node:
    """The tree of one pattern."""
    tokens = TOKEN.findall(pattern)
    position = 0

    def choice(closing: str) -> Node:
        nonlocal position
        branches: list[Node] = []
        items: list[Node] = []
        while position < len(tokens):
            token = tokens[position]
            position += 1
            if token == closing:
                branches.append(Node("sequence", children=tuple(items)))
                return Node("choice", children=tuple(branches))
            if token == "|":
                branches.append(Node("sequence", children=tuple(items)))
                items = []
            elif token == "(":
                items.append(choice(")"))
            elif token == "[":
                inner = choice("]")
                empty = Node("sequence")
                items.append(Node("choice", children=(inner, empty)))
            elif token[0] == "{":
                name, _, kind = token[1:-1].partition(":")
                items.append(Node("slot", text=kind or name, name=name))
            elif token[0] == "<":
                items.append(Node("part", text=token[1:-1]))
            elif token in ")]":
                raise ValueError(f"unbalanced {token} in {pattern!r}")
            else:
                items.append(Node("word", text=token))
        if closing:
            raise ValueError(f"missing {closing} in {pattern!r}")
        branches.append(Node("sequence", children=tuple(items)))
        return Node("choice", children=tuple(branches))

    return choice("")


def read_lines(path: Path) -> list[tuple[str, int]]:
    """Patterns and weights of one file; comments, blank lines and @modes are left out."""
    lines: list[tuple[str, int]] = []
    for raw in path.read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if not line or line[0] in "#@":
            continue
        weight = WEIGHT.search(line)
        if weight:
            lines.append((line[: weight.start()].rstrip(), int(weight[1])))
        else:
            lines.append((line, 1))
    return lines


class Grammar:
    """Compiles patterns into functions that append words and slot spans."""

    def __init__(self, slots: Path) -> None:
        self.slots = slots
        self.type_tree = lru_cache(maxsize=None)(self._type_tree)
        self.type_emitter = lru_cache(maxsize=None)(self._type_emitter)

    def _type_tree(self, kind: str) -> list[tuple[Node, int]]:
        return [(parse(line), weight) for line, weight in read_lines(self.slots / f"{kind}.txt")]

    def _type_emitter(self, kind: str) -> Emit:
        entries = self.type_tree(kind)
        return self._weighted([self.compile(tree) for tree, _ in entries], [w for _, w in entries])

    @staticmethod
    def _weighted(emitters: list[Emit], weights: list[int]) -> Emit:
        table = [emit for emit, weight in zip(emitters, weights) for _ in range(weight)]
        count = len(table)

        def emit(words: list[str], spans: Spans, draw: Callable[[], float]) -> None:
            table[int(draw() * count)](words, spans, draw)

        return emit

    def compile(self, node: Node) -> Emit:
        """A function that appends one random reading of the node."""
        if node.kind == "word":
            text = node.text
            return lambda words, spans, draw: words.append(text)
        if node.kind == "part":
            return self.type_emitter(node.text)
        if node.kind == "slot":
            inner, name = self.type_emitter(node.text), node.name

            def capture(words: list[str], spans: Spans, draw: Callable[[], float]) -> None:
                start = len(words)
                inner(words, spans, draw)
                spans.append((name, start, len(words)))

            return capture
        parts = [self.compile(child) for child in node.children]
        if len(parts) == 1:
            return parts[0]
        if node.kind == "choice":
            return self._weighted(parts, [1] * len(parts))

        def sequence(words: list[str], spans: Spans, draw: Callable[[], float]) -> None:
            for part in parts:
                part(words, spans, draw)

        return sequence

    def say(self, emit: Emit, draw: Callable[[], float] = random.random) -> tuple[str, dict[str, str]]:
        """One sentence and its slot values."""
        words: list[str] = []
        spans: Spans = []
        emit(words, spans, draw)
        slots = {name: join(words[start:end]) for name, start, end in spans}
        return join(words), slots


def join(words: list[str]) -> str:
    """Words with spaces; a part that begins with an apostrophe joins the word before it."""
    return " ".join(words).replace(" '", "'")
