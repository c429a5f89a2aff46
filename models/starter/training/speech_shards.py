"""Reads the synthesised corpus: `<name>.pcm` with utterances back to back, `<name>.jsonl` with one label line each."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from model_folder import CORPUS

#: Never trained on, whatever the corpus holds.
TEST_VOICES = frozenset({"flite-awb", "festival-ked"})
#: The first utterances of the first shard measure progress on seen voices.
DEVELOPMENT_UTTERANCES = 500


def shard_names(folder: Path = CORPUS) -> list[Path]:
    return sorted(path for path in folder.glob("speech-*.jsonl") if path.with_suffix(".pcm").exists())


def read_labels(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def samples_of(path: Path) -> np.ndarray:
    """int16 samples of a whole shard, mapped from disk."""
    return np.memmap(path.with_suffix(".pcm"), dtype="<i2", mode="r")


def wave_of(samples: np.ndarray, label: dict) -> np.ndarray:
    """float32 samples of one utterance."""
    return samples[label["offset"] : label["offset"] + label["length"]].astype(np.float32) / 32768


def may_train(path: Path, index: int, label: dict, voices_left_out: frozenset[str] = frozenset()) -> bool:
    if label["voice"] in TEST_VOICES or label["voice"] in voices_left_out:
        return False
    return not (path.stem == "speech-0000" and index < DEVELOPMENT_UTTERANCES)
