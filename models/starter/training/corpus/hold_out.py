"""Moves a share of the patterns into held-out and development, by a hash of the line.

The first seven patterns of a file in patterns/ are the commonest ways of saying a thing
and are always trained. Of the others one in nine is held out and one in eighteen is kept
for development, which makes about one in twelve and one in twenty-four of all. Lines in
wording/ come in runs of small variants, so there the hash is that of the first two words:
those that begin alike stay together.

    python3 -m corpus.hold_out
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from .places import DOMAIN

ALWAYS_TRAINED = 7
HELD_OUT_EVERY = 18


def destination(intent: str, hashed: str) -> str | None:
    """held-out, development or None (trained)."""
    digest = hashlib.sha256(f"{intent}\t{hashed}".encode()).digest()
    bucket = int.from_bytes(digest[:4], "big") % HELD_OUT_EVERY
    return "held-out" if bucket < 2 else "development" if bucket == 2 else None


def split_patterns(path: Path) -> dict[str, int]:
    return split(path, ALWAYS_TRAINED, lambda line: line)


def split_wording(path: Path) -> dict[str, int]:
    return split(path, 0, lambda line: " ".join(line.split()[:2]))


def split(path: Path, always_trained: int, hashed_part: Callable[[str], str]) -> dict[str, int]:
    """Splits one pattern file in place and returns how many lines moved where."""
    moved: dict[str, list[str]] = {"held-out": [], "development": []}
    kept: list[str] = []
    mode, seen = "@plain", 0
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.strip()
        if text.startswith("@"):
            mode = text
        if not text or text[0] in "@#":
            kept.append(line)
            continue
        seen += 1
        target = None if seen <= always_trained else destination(path.stem, hashed_part(text))
        if target is None:
            kept.append(line)
        else:
            moved[target].extend([mode, text])
    for folder, lines in moved.items():
        if not lines:
            continue
        target_path = DOMAIN / folder / path.name
        existing = target_path.read_text(encoding="utf-8").splitlines() if target_path.exists() else []
        target_path.write_text("\n".join(existing + lines) + "\n", encoding="utf-8")
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return {folder: len(lines) // 2 for folder, lines in moved.items()}


def main() -> None:
    totals = {"held-out": 0, "development": 0}
    for folder_split, name in ((split_patterns, "patterns"), (split_wording, "wording")):
        for path in sorted((DOMAIN / name).glob("*.txt")):
            for folder, count in folder_split(path).items():
                totals[folder] += count
    print(totals)


if __name__ == "__main__":
    main()
