"""What the decoder writes for each task, without the closing `<|EOT|>`."""

from __future__ import annotations


def converse_target(text: str, frame: str) -> str:
    return f"<think>\n{text}\n</think>\n{frame}"


def tags_target(tags: dict[str, str]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in tags.items())
