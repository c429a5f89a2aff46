"""Stages 2 and 3: the decoder, first on text alone, then with audio rows from the frozen encoder.

    python3 models/starter/training/train_decoder.py text  --minutes 8
    python3 models/starter/training/train_decoder.py audio --minutes 14

`text` needs decoder_examples.py running beside it; `audio` needs mel_pool_maker.py too, and a listening checkpoint.
Both resume from .training/checkpoints/decoder.pt. In `audio` half of every step is still text alone, so that frames are
written from the words.
"""

from __future__ import annotations

import argparse
import json
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

from byte_pairs import Tokenizer
from corpus.sentences import SentenceSource
from decoder_examples import FOLDER, ExampleWriter
from dimensions import Dimensions
from frame_accuracy import frame_accuracy
from mel_pool import MelPool
from model_folder import CHECKPOINTS, TOKENIZER, WORK
from optimiser import Optimiser, WeightAverage, relative_rate
from recognition_errors import RecognitionErrors
from starter_model import StarterModel
from targets import tags_target

PATH = CHECKPOINTS / "decoder.pt"
DECODER_PARTS = ("adapter.", "decoder.")
ENDING = {"text": 0.1, "audio": 0.02}


def log(text: str) -> None:
    line = f"{time.strftime('%H:%M:%S', time.gmtime())} decoder {text}"
    print(line, flush=True)
    with open(WORK / "train.log", "a") as file:
        file.write(line + "\n")


class TextExamples:
    """Batches of text-only examples of similar length, from the chunks of decoder_examples.py."""

    def __init__(self, batch: int, seed: int):
        self.batch, self.random, self.waiting = batch, random.Random(seed), []

    def next(self) -> tuple[torch.Tensor, torch.Tensor]:
        while not self.waiting:
            paths = sorted(FOLDER.glob("*.npz"))
            if not paths:
                time.sleep(0.2)
                continue
            with np.load(paths[0]) as chunk:
                ids, weights, lengths = chunk["ids"], chunk["weights"], chunk["lengths"]
            paths[0].unlink()
            order = np.argsort(lengths, kind="stable")
            for start in range(0, len(order) - self.batch + 1, self.batch):
                rows = order[start : start + self.batch]
                longest = int(lengths[rows].max() + 3) // 4 * 4
                self.waiting.append((ids[rows, :longest], weights[rows, :longest]))
            self.random.shuffle(self.waiting)
        ids, weights = self.waiting.pop()
        return torch.from_numpy(ids.astype(np.int64)), torch.from_numpy(weights.astype(np.float32))


class AudioExamples:
    """Batches of (log-mel, ids, weights, first audio position); every example has the same number of audio rows."""

    def __init__(self, tokenizer: Tokenizer, frames: int, seed: int, groups: list[dict]):
        self.pool = MelPool(12000, frames, seed)
        self.writer, self.errors = ExampleWriter(tokenizer), RecognitionErrors(seed)
        self.random, self.tokenizer, self.groups = random.Random(seed), tokenizer, groups

    def next(self):
        mel, labels = self.pool.batch(0.8)
        encoder_frames = ((mel.shape[2] - 1) // 2) // 2 + 1
        rows = (encoder_frames - 1) // 2 + 1
        examples = [self._example(label, rows) for label in labels]
        longest = max(len(ids) for ids, _ in examples)
        ids = torch.full((len(examples), longest), self.tokenizer.special["<|endoftext|>"])
        weights = torch.zeros(len(examples), longest)
        for row, (one, weight) in enumerate(examples):
            ids[row, : len(one)] = torch.tensor(one)
            weights[row, : len(one)] = torch.tensor(weight)
        return mel, ids, weights, rows

    def _example(self, label: dict, rows: int) -> tuple[list[int], list[float]]:
        draw = self.random.random()
        if label["content"] != "speech" or draw < 0.05:
            tags = {"content": label["content"]} if label["content"] != "speech" else {
                name: label[name] for name in ("gender", "age", "style")
            }
            return self.writer.plain("tags", tags_target(tags), rows)
        if draw < 0.28:
            return self.writer.plain("transcribe", label["text"], rows)
        sentence = {key: label[key] for key in ("text", "target", "intent", "slots")}
        if draw < 0.66:
            return self.writer.converse(label["text"], label["target"], rows)
        text, frame = self.errors.spoil(sentence, 0.12)
        ids, weights = self.writer.converse(text, frame, rows)
        if text != label["text"]:
            answer = len(self.tokenizer.encode(f"{frame}<|EOT|>"))
            weights = [0.0] * (len(weights) - answer) + weights[-answer:]
        return ids, weights


def weighted_loss(model, rows: torch.Tensor, ids: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Cross-entropy of the next token, only where it counts."""
    hidden = model.decoder.hidden(rows)[:, :-1]
    counts = weights[:, 1:]
    chosen = counts > 0
    logits = model.decoder.lm_head(hidden[chosen]).float()
    loss = F.cross_entropy(logits, ids[:, 1:][chosen], reduction="none")
    return (loss * counts[chosen]).sum() / counts.sum()


def save(model, optimiser, average, steps, stage) -> None:
    PATH.parent.mkdir(parents=True, exist_ok=True)
    keep = lambda state: {name: value for name, value in state.items() if name.startswith(DECODER_PARTS)}
    temporary = PATH.with_suffix(".partial")
    torch.save(
        {
            "weights": keep(model.state_dict()),
            "averaged": keep(average.values),
            "optimiser": optimiser.state(),
            "steps": steps,
            "stage": stage,
        },
        temporary,
    )
    temporary.replace(PATH)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("stage", choices=["text", "audio"])
    arguments.add_argument("--minutes", type=float, default=8)
    arguments.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    arguments.add_argument("--seed", type=int, default=2)
    arguments.add_argument("--batch", type=int, default=256, help="text examples in a step")
    arguments.add_argument("--frames", type=int, default=12288, help="mel frames in a step of stage audio")
    arguments.add_argument("--peak", type=float, default=1.0, help="relative learning rate at the peak")
    arguments.add_argument("--fresh", action="store_true")
    options = arguments.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(2)
    device = torch.device(options.device)
    with_audio = options.stage == "audio"

    tokenizer = Tokenizer(TOKENIZER)
    model = StarterModel(Dimensions(vocabulary=tokenizer.size))
    if with_audio:
        listening = torch.load(CHECKPOINTS / "listening.pt", map_location="cpu", weights_only=True)
        model.load_state_dict(listening["averaged"], strict=False)
    for part in (model.encoder, model.ctc, model.tags, *([] if with_audio else [model.adapter])):
        part.requires_grad_(False)
    steps, saved = 0, None
    if PATH.exists() and not options.fresh:
        saved = torch.load(PATH, map_location="cpu", weights_only=True)
        model.load_state_dict(saved["weights"] if saved["stage"] == options.stage else saved["averaged"], strict=False)
        steps = saved["steps"]
        log(f"resumed after {steps} steps of stage {saved['stage']}")
    model.to(device)
    optimiser = Optimiser(model, matrix_rate=0.02, other_rate=3e-3)
    average = WeightAverage(model, decay=0.995)
    if saved and saved["stage"] == options.stage:
        optimiser.load(saved["optimiser"])
        average.values.update(saved["averaged"])

    text_examples = TextExamples(options.batch, options.seed + steps)
    audio_examples = None
    if with_audio:
        audio_examples = AudioExamples(tokenizer, options.frames, options.seed + steps, model.dimensions.tag_groups)
        while len(audio_examples.pool.pieces) < 1000:
            audio_examples.pool.take_in()
            time.sleep(0.2)
    judge = StarterModel(Dimensions(vocabulary=tokenizer.size)).eval()
    source = SentenceSource(123, "development")
    development = [source.draw().as_dict() for _ in range(200)]

    began = shown = saved_at = time.time()
    sums, examples, stage_steps = [0.0, 0.0], 0, 0
    while time.time() - began < options.minutes * 60:
        progress = (time.time() - began) / (options.minutes * 60)
        rate = options.peak * relative_rate(progress, stage_steps, 100, 0.3, ENDING[options.stage])
        ids, weights = (tensor.to(device) for tensor in text_examples.next())
        with torch.autocast(device.type, dtype=torch.bfloat16):
            loss = weighted_loss(model, model.decoder.embed(ids).bfloat16(), ids, weights)
        loss.backward()
        sums[0] += loss.item()
        examples += len(ids)
        if with_audio:
            mel, ids, weights, rows = audio_examples.next()
            with torch.autocast(device.type, dtype=torch.bfloat16):
                with torch.no_grad():
                    features, _ = model.encoder(mel.to(device), int(torch.randint(0, 100, ())))
                embedded = model.decoder.embed(ids.to(device)).bfloat16()
                starts = (ids == tokenizer.special["<audio_start>"]).int().argmax(dim=1) + 1
                places = starts[:, None] + torch.arange(rows)
                audio = model.adapter(features).to(embedded.dtype)
                embedded = embedded.scatter(1, places[:, :, None].expand(-1, -1, embedded.shape[2]).to(device), audio)
                loss = weighted_loss(model, embedded, ids.to(device), weights.to(device))
            loss.backward()
            sums[1] += loss.item()
            examples += len(ids)
            if stage_steps % 8 == 0:
                audio_examples.pool.take_in(most_chunks=1)
        optimiser.step(rate)
        stage_steps += 1
        steps += 1
        average.update(stage_steps)
        now = time.time()
        if stage_steps % 100 == 0:
            log(
                f"{options.stage} step {steps} rate {rate:.2f} text loss {sums[0] / 100:.4f} audio loss {sums[1] / 100:.4f} "
                f"{examples / (now - shown):.0f} examples/s"
            )
            sums, examples, shown = [0.0, 0.0], 0, now
        if now - saved_at > 120:
            save(model, optimiser, average, steps, options.stage)
            saved_at = now
    save(model, optimiser, average, steps, options.stage)
    judge.load_state_dict(average.values)
    log(f"{options.stage} stopped; on development patterns " + json.dumps(frame_accuracy(judge, tokenizer, development)))


if __name__ == "__main__":
    main()
