"""Measures shipped weights on spoken sets: phone error, tags, and what the decoder writes.

    python3 models/starter/training/evaluate.py [--sets dev] [--folder models/starter] [--decoder 100]

The sets are spoken by `python3 -m corpus.evaluation --out .training/evaluation`. Sets a, b and c hold test sentences or
test voices: they are for a last look, never for a choice. The figures of the assistant as a whole (word error after the
search with lexicon and language model, intents, rejection) come from `npm run eval:starter`.
"""

from __future__ import annotations

import argparse
import json
import wave
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch

from byte_pairs import Tokenizer
from corpus.lexicon_reader import phones_of
from dimensions import dimensions_from_config
from frame_accuracy import continue_greedily
from log_mel import log_mel
from model_folder import STARTER, WORK
from phone_error import edit_distance, greedy_phones
from prompt import prompt_pieces
from safetensors_file import read_safetensors
from starter_model import StarterModel


def read_wave(path: str) -> torch.Tensor:
    with wave.open(path) as file:
        return torch.from_numpy(np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(np.float32) / 32768)


def with_audio(model, tokenizer: Tokenizer, task: str, audio: torch.Tensor, opening: str) -> torch.Tensor:
    """Decoder rows of a prompt whose audio rows are in place, and the beginning of the answer."""
    ids = [*prompt_pieces(tokenizer, task, audio.shape[1]), *tokenizer.encode(opening)]
    rows = model.decoder.embed(torch.tensor([ids]))
    start = ids.index(tokenizer.special["<audio_start>"]) + 1
    rows[:, start : start + audio.shape[1]] = audio
    return rows


@torch.no_grad()
def evaluate(model, tokenizer: Tokenizer, labels: list[dict], most_decoded: int) -> dict[str, float]:
    end, groups = tokenizer.special["<|EOT|>"], model.dimensions.tag_groups
    counts: dict[str, list[float]] = defaultdict(lambda: [0, 0])

    def count(name: str, good: float, of: float = 1) -> None:
        counts[name][0] += good
        counts[name][1] += of

    for number, label in enumerate(labels):
        features, _ = model.encoder(log_mel(read_wave(label["file"]))[None])
        first, tags = 0, model.tags(features)[0]
        for group in groups:
            part = tags[first : first + len(group["values"])]
            first += len(group["values"])
            wanted = label.get(group["name"])
            if wanted in group["values"] and (label["content"] == "speech" or group["name"] == "content"):
                count(f"{group['name']} %", 100 * (group["values"][int(part.argmax())] == wanted))
        phones = greedy_phones(model.ctc(features)[0], model.dimensions.ctc_labels)
        if label["content"] != "speech":
            count("phones in non-speech", len(phones))
            continue
        truth = phones_of(label["text"]).split()
        count("phone error %", 100 * edit_distance(truth, phones), len(truth))
        if number >= most_decoded:
            continue
        audio, text = model.adapter(features), label["text"]
        thought = f"<think>\n{text}\n</think>\n"
        for name, rows in (
            ("frame from text", with_audio(model, tokenizer, "converse", audio[:, :0], thought)),
            ("frame with audio", with_audio(model, tokenizer, "converse", audio, thought)),
        ):
            written = tokenizer.decode(continue_greedily(model, rows, end))
            count(f"{name} %", 100 * (written == label["target"]))
            count(f"intent {name.split(' ', 1)[1]} %", 100 * (written.split("{")[0] == label["target"].split("{")[0]))
        said = tokenizer.decode(continue_greedily(model, with_audio(model, tokenizer, "transcribe", audio, ""), end))
        count("decoder's own word error %", 100 * edit_distance(text.split(), said.split()), len(text.split()))
    return {name: round(good / max(1, of), 1) for name, (good, of) in counts.items()}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sets", default="dev")
    arguments.add_argument("--folder", type=Path, default=STARTER)
    arguments.add_argument("--audio", type=Path, default=WORK / "evaluation")
    arguments.add_argument("--most", type=int, default=10_000)
    arguments.add_argument("--decoder", type=int, default=100, help="utterances per set that the decoder answers")
    options = arguments.parse_args()
    torch.set_num_threads(1)
    tokenizer = Tokenizer(options.folder / "tokenizer.json")
    model = StarterModel(dimensions_from_config(options.folder / "config.json"))
    model.load_official_state(read_safetensors(options.folder / "model.safetensors"))
    model.eval()
    for name in options.sets.split(","):
        lines = (options.audio / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        labels = [json.loads(line) for line in lines][: options.most]
        print(name, json.dumps(evaluate(model, tokenizer, labels, options.decoder)), flush=True)


if __name__ == "__main__":
    main()
