"""The trainer's store of augmented pieces: takes in chunks as they come and hands out batches of one length."""

from __future__ import annotations

import json
from collections import defaultdict

import numpy as np
import torch

from mel_augmentation import augment_mel
from mel_pool_maker import POOL

BUCKET_FRAMES = 32
MAXIMUM_FRAMES = 1248


class MelPool:
    def __init__(self, capacity: int, frames_per_batch: int, seed: int):
        self.capacity = capacity
        self.frames_per_batch = frames_per_batch
        self.generator = np.random.default_rng(seed)
        self.pieces: list[tuple[np.ndarray, dict]] = []
        self.noises: list[np.ndarray] = []
        self.by_bucket: dict[int, list[int]] = defaultdict(list)
        self.next_place = 0
        self.taken = 0

    def take_in(self, most_chunks: int = 100) -> int:
        """Reads and deletes waiting chunks; returns how many pieces came."""
        came = 0
        for path in sorted(POOL.glob("*.npz"), key=lambda path: path.stem.split("-")[-1])[:most_chunks]:
            with np.load(path) as chunk:
                mel, frames, labels = chunk["mel"], chunk["frames"], json.loads(str(chunk["labels"]))
            path.unlink()
            parts = np.split(mel, np.cumsum(frames)[:-1])
            if path.stem.startswith("noise"):
                self.noises = (self.noises + [np.ascontiguousarray(part) for part in parts])[-1500:]
                continue
            for part, label in zip(parts, labels):
                if len(part) < MAXIMUM_FRAMES:
                    self._put(np.ascontiguousarray(part), label)
                    came += 1
        if came:
            self.taken += came
            self._sort_into_buckets()
        return came

    def _put(self, mel: np.ndarray, label: dict) -> None:
        if len(self.pieces) < self.capacity:
            self.pieces.append((mel, label))
        else:
            self.pieces[self.next_place] = (mel, label)
            self.next_place = (self.next_place + 1) % self.capacity

    def _sort_into_buckets(self) -> None:
        self.by_bucket.clear()
        for index, (mel, _) in enumerate(self.pieces):
            self.by_bucket[len(mel) // BUCKET_FRAMES + 1].append(index)

    def batch(self, strength: float, warp: float = 0.0) -> tuple[torch.Tensor, list[dict]]:
        """Log-mel [B, 128, T] and labels; pieces of one bucket, each at a random place within T."""
        first = self.generator.integers(len(self.pieces))
        bucket = len(self.pieces[first][0]) // BUCKET_FRAMES + 1
        frames = (bucket + int(self.generator.random() < 0.3)) * BUCKET_FRAMES
        count = max(4, self.frames_per_batch // frames)
        chosen = self.generator.choice(self.by_bucket[bucket], count)
        power = np.full((count, frames, 128), -10.0, dtype=np.float32)
        for row, index in enumerate(chosen):
            mel = self.pieces[index][0]
            start = self.generator.integers(frames - len(mel) + 1)
            power[row, start : start + len(mel)] = mel
        labels = [self.pieces[index][1] for index in chosen]
        mel = augment_mel(power, labels, self.noises, self.generator, strength, warp)
        return mel, labels
