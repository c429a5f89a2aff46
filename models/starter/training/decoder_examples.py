"""Token sequences for the decoder: the prompt, room for audio rows, the target, and which tokens count.

Also a maker of text-only converse examples that runs beside the trainer:

    python3 models/starter/training/decoder_examples.py [--seed 1]
"""

from __future__ import annotations

import argparse
import os
import time

import numpy as np

from byte_pairs import Tokenizer
from model_folder import TOKENIZER, WORK
from prompt import prompt_pieces
from recognition_errors import RecognitionErrors
from sentence_source import sentences

FOLDER = WORK / "examples"
EXAMPLES_PER_CHUNK = 8192
WAITING_CHUNKS = 4
LONGEST = 160
#: The share of the loss that transcript tokens get where there is no audio to transcribe.
BLIND_TRANSCRIPT_WEIGHT = 0.1


class ExampleWriter:
    """Ids and weights of one example; weights are 0 for the prompt."""

    def __init__(self, tokenizer: Tokenizer):
        self.tokenizer = tokenizer
        self.prompts = {}

    def prompt(self, task: str, rows: int) -> list[int]:
        if (task, rows) not in self.prompts:
            self.prompts[task, rows] = prompt_pieces(self.tokenizer, task, rows)
        return self.prompts[task, rows]

    def converse(self, text: str, frame: str, rows: int = 0) -> tuple[list[int], list[float]]:
        prompt = self.prompt("converse", rows)
        thought = self.tokenizer.encode(f"<think>\n{text}\n</think>\n")
        answer = self.tokenizer.encode(f"{frame}<|EOT|>")
        blind = BLIND_TRANSCRIPT_WEIGHT if rows == 0 else 1.0
        return prompt + thought + answer, [0.0] * len(prompt) + [blind] * len(thought) + [1.0] * len(answer)

    def plain(self, task: str, target: str, rows: int) -> tuple[list[int], list[float]]:
        prompt = self.prompt(task, rows)
        answer = self.tokenizer.encode(f"{target}<|EOT|>")
        return prompt + answer, [0.0] * len(prompt) + [1.0] * len(answer)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(TOKENIZER)
    writer, errors = ExampleWriter(tokenizer), RecognitionErrors(options.seed)
    pad, number, began = tokenizer.special["<|endoftext|>"], 0, time.time()
    source = sentences(options.seed + int(time.time()))
    while True:
        while len(list(FOLDER.glob("*.npz"))) >= WAITING_CHUNKS:
            time.sleep(0.5)
        ids = np.full((EXAMPLES_PER_CHUNK, LONGEST), pad, dtype=np.int16)
        weights = np.zeros((EXAMPLES_PER_CHUNK, LONGEST), dtype=np.float16)
        lengths = np.zeros(EXAMPLES_PER_CHUNK, dtype=np.int32)
        row = 0
        while row < EXAMPLES_PER_CHUNK:
            sentence = next(source)
            draw = errors.random.random()
            rate = 0.0 if draw < 0.45 else 0.1 if draw < 0.85 else 0.25
            text, frame = errors.spoil(sentence, rate) if rate else (sentence["text"], sentence["target"])
            one_ids, one_weights = writer.converse(text, frame)
            if len(one_ids) > LONGEST:
                continue
            lengths[row] = len(one_ids)
            ids[row, : len(one_ids)], weights[row, : len(one_ids)] = one_ids, one_weights
            row += 1
        temporary = FOLDER / f"{os.getpid()}-{number:06d}.partial"
        with open(temporary, "wb") as file:
            np.savez(file, ids=ids, weights=weights, lengths=lengths)
        temporary.rename(temporary.with_suffix(".npz"))
        number += 1
        print(f"{number * EXAMPLES_PER_CHUNK / (time.time() - began):.0f} examples/s", flush=True)


if __name__ == "__main__":
    main()
