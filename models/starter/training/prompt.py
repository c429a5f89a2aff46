"""The official prompt template with the starter's three system texts."""

from __future__ import annotations

from byte_pairs import Tokenizer

SYSTEM_TEXTS = ("transcribe", "tags", "converse")


def prompt_pieces(tokenizer: Tokenizer, task: str, audio_rows: int) -> list[int]:
    """Ids up to and including the assistant's opening; each piece of the template is encoded alone."""
    special = tokenizer.special
    return [
        *tokenizer.encode(f"<|BOT|>system\n{task}"),
        special["<|EOT|>"],
        *tokenizer.encode("<|BOT|>human\n"),
        special["<audio_start>"],
        *[special["<audio_patch>"]] * audio_rows,
        special["<audio_end>"],
        special["<|EOT|>"],
        *tokenizer.encode("<|BOT|>assistant\n"),
    ]
