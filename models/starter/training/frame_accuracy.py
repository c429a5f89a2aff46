"""How often the decoder writes the right frame from a transcript, free running and without any constraint."""

from __future__ import annotations

import torch

from byte_pairs import Tokenizer
from prompt import prompt_pieces


@torch.no_grad()
def continue_greedily(model, rows: torch.Tensor, end: int, most: int = 60) -> list[int]:
    """Ids after the given decoder rows [1, position, hidden], without the end token."""
    ids: list[int] = []
    while len(ids) < most:
        best = int(model.decoder(rows)[0, -1].argmax())
        if best == end:
            break
        ids.append(best)
        rows = torch.cat([rows, model.decoder.embed(torch.tensor([[best]]))], dim=1)
    return ids


@torch.no_grad()
def frame_accuracy(model, tokenizer: Tokenizer, sentences: list[dict]) -> dict[str, float]:
    """Percent of right frames and right intents over {"text", "target"}."""
    end = tokenizer.special["<|EOT|>"]
    right = intent = 0
    for sentence in sentences:
        text = f"<think>\n{sentence['text']}\n</think>\n"
        ids = [*prompt_pieces(tokenizer, "converse", 0), *tokenizer.encode(text)]
        rows = model.decoder.embed(torch.tensor([ids]))
        written = tokenizer.decode(continue_greedily(model, rows, end))
        right += written == sentence["target"]
        intent += written.split("{")[0] == sentence["target"].split("{")[0]
    count = max(1, len(sentences))
    return {"frame": round(100 * right / count, 1), "intent": round(100 * intent / count, 1)}
