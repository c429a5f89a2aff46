"""Changes to the waveform that a mel spectrogram cannot imitate: speed, room, microphone, clipping.

Noise and gain are added later, on mel power, where a whole batch costs little (mel_augmentation.py).
"""

from __future__ import annotations

import numpy as np


def change_speed(wave: np.ndarray, factor: float) -> np.ndarray:
    """Plays faster (factor above 1) by linear interpolation; pitch and formants move along."""
    positions = np.arange(int(len(wave) / factor)) * factor
    return np.interp(positions, np.arange(len(wave)), wave).astype(np.float32)


def room(generator: np.random.Generator) -> np.ndarray:
    """An impulse response: direct sound, a few early echoes, and a noise tail that decays within 0.08-0.5 s."""
    decay_seconds = generator.uniform(0.08, 0.5)
    length = int(decay_seconds * 16000)
    time = np.arange(length) / 16000
    tail = generator.standard_normal(length) * np.exp(-6.9 * time / decay_seconds)
    tail = np.convolve(tail, [0.5, 0.3, 0.2])[:length]
    tail *= generator.uniform(0.02, 0.25) / np.sqrt(np.sum(tail**2) + 1e-9) * np.sqrt(length) * 0.03
    tail[: int(generator.uniform(0.001, 0.006) * 16000)] = 0
    tail[0] = 1.0
    for _ in range(generator.integers(1, 6)):
        delay = int(generator.uniform(0.0008, 0.02) * 16000)
        if delay < length:
            tail[delay] += generator.uniform(-0.45, 0.45)
    return tail.astype(np.float32)


def shape_spectrum(wave: np.ndarray, response: np.ndarray | None, generator: np.random.Generator) -> np.ndarray:
    """Room, band limits and microphone colour in one pass through the spectrum."""
    size = 1 << int(np.ceil(np.log2(len(wave) + 8000)))
    spectrum = np.fft.rfft(wave, size).astype(np.complex64)
    if response is not None:
        spectrum *= np.fft.rfft(response, size)
    hertz = np.linspace(0, 8000, size // 2 + 1)
    gain_db = np.zeros_like(hertz)
    if generator.random() < 0.6:
        octaves = np.log2(np.maximum(hertz, 60) / 1000)
        gain_db += generator.uniform(-3, 3) * octaves
        for _ in range(2):
            centre, width = generator.uniform(-3, 3), generator.uniform(0.3, 1.2)
            gain_db += generator.uniform(-8, 8) * np.exp(-(((octaves - centre) / width) ** 2))
    if generator.random() < 0.25:
        gain_db -= 24 * np.maximum(0, np.log2(np.maximum(hertz, 1) / generator.uniform(3000, 7000)))
    if generator.random() < 0.35:
        gain_db -= 12 * np.maximum(0, np.log2(generator.uniform(80, 350) / np.maximum(hertz, 10)))
    spectrum *= 10 ** (np.clip(gain_db, -80, 20) / 20).astype(np.float32)
    return np.fft.irfft(spectrum, size)[: len(wave) + (2000 if response is not None else 0)].astype(np.float32)


def augment_wave(wave: np.ndarray, generator: np.random.Generator, strength: float = 1.0) -> np.ndarray:
    """Each change with its own chance; strength 0-1 scales the chances."""
    if generator.random() < 0.7 * strength:
        wave = change_speed(wave, generator.uniform(0.9, 1.1))
    response = room(generator) if generator.random() < 0.5 * strength else None
    if response is not None or generator.random() < 0.6 * strength:
        wave = shape_spectrum(wave, response, generator)
    if generator.random() < 0.08 * strength:
        limit = np.abs(wave).max() * generator.uniform(0.2, 0.7)
        wave = np.clip(wave, -limit, limit)
    return wave


def noise_wave(seconds: float, generator: np.random.Generator) -> np.ndarray:
    """Noise of a random colour, sometimes with mains hum, slow swells or clicks; root mean square about 0.1."""
    length = int(seconds * 16000)
    spectrum = np.fft.rfft(generator.standard_normal(length))
    hertz = np.maximum(np.fft.rfftfreq(length, 1 / 16000), 20)
    spectrum *= (hertz / 500) ** generator.uniform(-1.2, 0.3)
    if generator.random() < 0.3:
        centre = np.exp(generator.uniform(np.log(150), np.log(5000)))
        spectrum *= 0.1 + np.exp(-((np.log2(hertz / centre) / generator.uniform(0.2, 1.0)) ** 2))
    noise = np.fft.irfft(spectrum, length)
    time = np.arange(length) / 16000
    if generator.random() < 0.25:
        base = generator.choice([50, 60, 100, 120, generator.uniform(80, 400)])
        hum = sum(generator.uniform(0, 1) / k * np.sin(2 * np.pi * base * k * time + k) for k in range(1, 9))
        noise = noise / noise.std() * generator.uniform(0.1, 1) + hum
    if generator.random() < 0.3:
        noise *= 1 + generator.uniform(0.2, 0.9) * np.sin(2 * np.pi * generator.uniform(0.3, 6) * time)
    if generator.random() < 0.2:
        for start in generator.integers(0, length - 400, generator.integers(1, 8)):
            noise[start : start + 300] += generator.standard_normal(300) * np.exp(-np.arange(300) / 60) * 8 * noise.std()
    return (0.1 * noise / (noise.std() + 1e-9)).astype(np.float32)
