"""Fixed utterances that measure progress while training: voices seen in training, in utterances that are not."""

from __future__ import annotations

import wave

import numpy as np
import torch

from corpus.lexicon_reader import phones_of
from log_mel import log_mel
from model_folder import WORK
from phone_error import edit_distance, greedy_phones
from speech_shards import DEVELOPMENT_UTTERANCES, read_labels, samples_of, shard_names, wave_of
from wave_augmentation import noise_wave


def load_sets(most: int = 110) -> dict[str, list[tuple[torch.Tensor, dict]]]:
    """Name to (log-mel [128, frame], label): recorded and formant voices, and the recorded with noise at 12 dB."""
    sets: dict[str, list] = {"recorded": [], "formant": [], "noisy": []}
    generator = np.random.default_rng(5)
    path = shard_names()[0]
    labels, samples = read_labels(path), samples_of(path)
    for label in labels[:DEVELOPMENT_UTTERANCES]:
        name = "formant" if label["voice"].startswith("espeak") else "recorded"
        if label["content"] != "speech" or len(sets[name]) >= most:
            continue
        wave = wave_of(samples, label)
        sets[name].append((log_mel(torch.from_numpy(wave)), label))
        if name == "recorded" and len(sets["noisy"]) < 60:
            noise = noise_wave(len(wave) / 16000 + 0.1, generator)[: len(wave)]
            noisy = wave + noise * (np.sqrt(np.mean(wave**2)) / 0.1) * 10 ** (-12 / 20)
            sets["noisy"].append((log_mel(torch.from_numpy(noisy.astype(np.float32))), label))
    strangers = WORK / "evaluation" / "dev-strangers.jsonl"
    sets["strangers"] = [utterance_of(label) for label in read_labels(strangers)[:most]] if strangers.exists() else []
    return sets


def utterance_of(label: dict) -> tuple[torch.Tensor, dict]:
    """A spoken sentence of a development set, with its phones."""
    with wave.open(label["file"], "rb") as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(np.float32) / 32768
    return log_mel(torch.from_numpy(samples)), {**label, "phones": phones_of(label["text"])}


@torch.no_grad()
def measure(model, sets: dict[str, list]) -> dict[str, float]:
    """Phone error per set, and tag accuracy over the seen voices."""
    labels = model.dimensions.ctc_labels
    results: dict[str, float] = {}
    right = total = 0
    for name, items in sets.items():
        errors = phones = 0
        for mel, label in items:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                features, _ = model.encoder(mel[None])
                spoken = greedy_phones(model.ctc(features)[0], labels)
                tags = model.tags(features)[0]
            truth = label["phones"].split()
            errors += edit_distance(truth, spoken)
            phones += len(truth)
            if label["gender"] != "unsure" and name != "noisy":
                right += int(model.dimensions.tag_groups[0]["values"][int(tags[:2].argmax())] == label["gender"])
                total += 1
        results[name] = 100 * errors / max(1, phones)
    results["gender"] = 100 * right / max(1, total)
    return results
