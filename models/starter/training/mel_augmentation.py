"""Changes to a batch of mel power: noise at 5-35 dB, gain, microphone tilt, and masks over time and frequency,
and for the last stretch of training another vocal tract.
"""

from __future__ import annotations

import numpy as np
import torch


def noise_levels(power: np.ndarray, labels: list[dict], generator: np.random.Generator, strength: float) -> np.ndarray:
    """log10 gain for each row's noise against its mean speech power; -inf for none."""
    levels = np.full(len(labels), -np.inf, dtype=np.float32)
    for row, label in enumerate(labels):
        chance = 0.75 * strength if label["content"] == "speech" else 0.0
        if generator.random() < chance:
            levels[row] = -generator.triangular(5 + 10 * (1 - strength), 20, 38) / 10
    return levels


def add_noise(power, labels, noises, generator, strength) -> torch.Tensor:
    """log10 power [B, T, 128] with noise, as a tensor."""
    count, frames, bands = power.shape
    speech = torch.from_numpy(power)
    levels = noise_levels(power, labels, generator, strength)
    rows = np.flatnonzero(np.isfinite(levels))
    if len(noises) == 0 or len(rows) == 0:
        return speech
    noise = np.empty((len(rows), frames, bands), dtype=np.float32)
    for place in range(len(rows)):
        piece = noises[generator.integers(len(noises))]
        start = generator.integers(len(piece))
        noise[place] = np.resize(np.roll(piece, -start, axis=0), (frames, bands))
    linear = torch.pow(10.0, speech[rows])
    added = torch.pow(10.0, torch.from_numpy(noise))
    loud = linear.mean(dim=(1, 2)) / added.mean(dim=(1, 2)).clamp(min=1e-12)
    scale = loud * torch.pow(10.0, torch.from_numpy(levels[rows]))
    speech[rows] = (linear + added * scale[:, None, None]).clamp(min=1e-10).log10()
    return speech


def warp_bands(x: torch.Tensor, factors: torch.Tensor) -> torch.Tensor:
    """Stretches the mel axis of each row of [B, T, 128] by its factor: another length of vocal tract."""
    count, frames, bands = x.shape
    places = (torch.arange(bands)[None] * factors[:, None]).clamp(max=bands - 1)
    lower = places.floor().long().clamp(max=bands - 2)
    part = (places - lower)[:, None, :]
    index = lower[:, None, :].expand(count, frames, bands)
    return x.gather(2, index) * (1 - part) + x.gather(2, index + 1) * part


def augment_mel(
    power: np.ndarray, labels: list[dict], noises: list[np.ndarray], generator: np.random.Generator, strength: float,
    warp: float = 0.0,
) -> torch.Tensor:
    """in power float32 [B, T, 128] (log10); out log-mel float32 [B, 128, T] as log_mel.compress gives it."""
    if warp > 0 and generator.random() < 0.6:
        factors = 1 + warp * torch.from_numpy(generator.uniform(-1, 1, len(labels)).astype(np.float32))
        power = warp_bands(torch.from_numpy(power), factors).numpy()
    x = add_noise(power, labels, noises, generator, strength)
    count, frames, bands = x.shape
    band = torch.linspace(0, 1, bands)
    waves = torch.stack([torch.cos(np.pi * k * band) for k in range(1, 5)])
    weights = torch.from_numpy(generator.normal(0, 0.18 * strength, (count, 4)).astype(np.float32))
    gain = torch.from_numpy(generator.uniform(-1.2, 0.8, (count, 1)).astype(np.float32))
    x = (x + (weights @ waves + gain)[:, None, :]).clamp(min=-10.0)
    x = torch.maximum(x, x.amax(dim=(1, 2), keepdim=True) - 8.0)
    x = (x + 4.0) / 4.0
    if strength > 0:
        fill = x.mean(dim=(1, 2))
        for row in range(count):
            for _ in range(2):
                width = int(generator.integers(0, int(22 * strength) + 1))
                start = int(generator.integers(0, bands - width))
                x[row, :, start : start + width] = fill[row]
            for _ in range(max(1, frames // 100)):
                width = int(generator.integers(0, int(14 * strength) + 1))
                start = int(generator.integers(0, frames - width))
                x[row, start : start + width] = fill[row]
    return x.transpose(1, 2)
