"""Keeps training fed: augments utterances, computes their mel power and leaves them in chunks for the trainer.

    python3 models/starter/training/mel_pool_maker.py [--seed 1] [--strength 1.0]

Runs until it is stopped. A chunk is a .npz in .training/pool: `mel` float16 [frame, 128] (log10 of power, pieces back
to back), `frames` int32 [piece], `labels` JSON, `kind` speech or noise.
"""

from __future__ import annotations

import argparse
import json
import os
import time

import numpy as np
import torch

from log_mel import mel_power
from model_folder import WORK
from speech_shards import may_train, read_labels, samples_of, shard_names, wave_of
from wave_augmentation import augment_wave, noise_wave

POOL = WORK / "pool"
PIECES_PER_CHUNK = 256
WAITING_CHUNKS = 6
NEURAL_TURNS = 5
"""How often a round over the corpus takes an utterance of the neural synthesiser: fewer, but many more speakers."""
KEPT_LABELS = ("text", "target", "intent", "slots", "phones", "voice", "gender", "age", "style", "content")


def log_power(wave: np.ndarray) -> np.ndarray:
    """float16 [frame, 128]."""
    power = mel_power(torch.from_numpy(np.ascontiguousarray(wave)))
    return power.clamp(min=1e-10).log10().T.half().numpy()


def write_chunk(name: str, mels: list[np.ndarray], labels: list[dict]) -> None:
    temporary = POOL / f"{name}.partial"
    with open(temporary, "wb") as file:
        np.savez(
            file,
            mel=np.concatenate(mels),
            frames=np.array([len(mel) for mel in mels], dtype=np.int32),
            labels=np.array(json.dumps(labels)),
        )
    temporary.replace(POOL / f"{name}.npz")


def make_noise(generator: np.random.Generator, babble: list[np.ndarray]) -> list[np.ndarray]:
    """Noise pieces of 6 s; a third are several voices at once."""
    mels = []
    for _ in range(64):
        wave = noise_wave(6.0, generator)
        if babble and generator.random() < 0.33:
            wave = wave * generator.uniform(0.0, 0.5)
            for _ in range(generator.integers(2, 6)):
                voice = babble[generator.integers(len(babble))]
                voice = np.resize(voice, len(wave)) / (np.sqrt(np.mean(voice**2)) + 1e-6)
                wave = wave + 0.05 * np.roll(voice, generator.integers(len(wave)))
        mels.append(log_power(wave.astype(np.float32)))
    return mels


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--strength", type=float, default=1.0)
    options = arguments.parse_args()
    torch.set_num_threads(1)
    POOL.mkdir(parents=True, exist_ok=True)
    generator = np.random.default_rng(options.seed + int(time.time()))
    shards: dict[str, tuple] = {}
    order: list[tuple[str, int]] = []
    number, began = 0, time.time()
    while True:
        for path in shard_names():
            if path.stem not in shards:
                labels = read_labels(path)
                shards[path.stem] = (samples_of(path), labels)
                turns = NEURAL_TURNS if path.stem.startswith("speech-neural") else 1
                order.extend([(path.stem, i) for i, label in enumerate(labels) if may_train(path, i, label)] * turns)
        generator.shuffle(order)
        for start in range(0, min(len(order), 20 * PIECES_PER_CHUNK), PIECES_PER_CHUNK):
            while len(list(POOL.glob("speech-*.npz"))) >= WAITING_CHUNKS:
                time.sleep(0.5)
            mels, labels, voices = [], [], []
            for stem, index in order[start : start + PIECES_PER_CHUNK]:
                samples, entries = shards[stem]
                label = entries[index]
                wave = wave_of(samples, label)
                if label["content"] == "speech":
                    if len(voices) < 40:
                        voices.append(wave)
                    wave = augment_wave(wave, generator, options.strength)
                mels.append(log_power(wave))
                labels.append({key: label[key] for key in KEPT_LABELS})
            write_chunk(f"speech-{os.getpid()}-{number:06d}", mels, labels)
            if number % 8 == 0:
                write_chunk(f"noise-{os.getpid()}-{number:06d}", make_noise(generator, voices), [])
            number += 1
            if number % 10 == 0:
                print(f"{number * PIECES_PER_CHUNK / (time.time() - began):.1f} pieces/s", flush=True)


if __name__ == "__main__":
    main()
