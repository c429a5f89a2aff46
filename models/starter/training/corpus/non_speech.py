"""Sounds without words: silence, noises and music-like tones."""

import numpy as np

from .sound import SAMPLE_RATE


def draw_non_speech(generator: np.random.Generator) -> tuple[np.ndarray, str]:
    """float32 samples of 0.5 to 5 seconds and their content: silence | noise | music."""
    count = int(generator.uniform(0.5, 5) * SAMPLE_RATE)
    kind = generator.choice(["silence", "colour", "hum", "chords", "melody", "clicks", "breath", "babble", "sweep"], p=[0.16, 0.2, 0.08, 0.14, 0.14, 0.09, 0.09, 0.05, 0.05])
    if kind == "silence":
        return generator.normal(0, 10 ** generator.uniform(-5, -3.3), count).astype(np.float32), "silence"
    makers = {"colour": coloured, "hum": hum, "chords": chords, "melody": melody, "clicks": clicks, "breath": breath, "babble": babble, "sweep": sweep}
    samples = makers[str(kind)](count, generator)
    content = "music" if kind in ("chords", "melody") else "noise"
    return (samples / (np.abs(samples).max() + 1e-9) * 10 ** generator.uniform(-1.6, -0.1)).astype(np.float32), content


def coloured(count: int, generator: np.random.Generator) -> np.ndarray:
    """Noise with a random slope and random broad peaks, slowly changing level."""
    spectrum = np.fft.rfft(generator.normal(0, 1, count))
    frequency = np.fft.rfftfreq(count, 1 / SAMPLE_RATE) + 20
    shape = frequency ** generator.uniform(-1.2, 0.3)
    for _ in range(generator.integers(0, 3)):
        centre = np.exp(generator.uniform(np.log(100), np.log(6000)))
        shape = shape * (1 + generator.uniform(1, 12) * np.exp(-(((np.log(frequency) - np.log(centre)) / generator.uniform(0.1, 0.6)) ** 2)))
    return np.fft.irfft(spectrum * shape, count) * envelope(count, generator)


def envelope(count: int, generator: np.random.Generator) -> np.ndarray:
    """A smooth level between 0.3 and 1."""
    points = generator.uniform(0.3, 1, max(3, count // 6000))
    return np.interp(np.linspace(0, points.size - 1, count), np.arange(points.size), points)


def hum(count: int, generator: np.random.Generator) -> np.ndarray:
    """Mains or motor hum with harmonics and some noise."""
    time = np.arange(count) / SAMPLE_RATE
    base = generator.choice([50.0, 60.0, generator.uniform(40, 300)])
    tone = sum(generator.uniform(0, 1) / (k + 1) * np.sin(2 * np.pi * base * (k + 1) * time + generator.uniform(0, 6)) for k in range(12))
    return tone + coloured(count, generator) * generator.uniform(0, 2) / 3


def tone(frequency: float, count: int, generator: np.random.Generator) -> np.ndarray:
    """A note with harmonics and decay."""
    time = np.arange(count) / SAMPLE_RATE
    decay = np.exp(-time * generator.uniform(0.3, 5)) * np.minimum(1, time * 60)
    weights = generator.uniform(0, 1, 6) / np.arange(1, 7)
    return sum(w * np.sin(2 * np.pi * frequency * (k + 1) * time) for k, w in enumerate(weights)) * decay


def chords(count: int, generator: np.random.Generator) -> np.ndarray:
    """Chords one after another."""
    output = np.zeros(count)
    step = int(generator.uniform(0.3, 1.2) * SAMPLE_RATE)
    for start in range(0, count, step):
        root = 110 * 2 ** (generator.integers(0, 24) / 12)
        for interval in generator.choice([[0, 4, 7], [0, 3, 7], [0, 5, 9], [0, 4, 7, 11]][generator.integers(0, 3)], 3, replace=False):
            length = min(count - start, step * 2)
            output[start : start + length] += tone(root * 2 ** (interval / 12), length, generator)
    return output


def melody(count: int, generator: np.random.Generator) -> np.ndarray:
    """Single notes, sometimes with a beat."""
    output = np.zeros(count)
    step = int(generator.uniform(0.12, 0.5) * SAMPLE_RATE)
    for start in range(0, count, step):
        length = min(count - start, int(step * 1.5))
        output[start : start + length] += tone(220 * 2 ** (generator.integers(-12, 18) / 12), length, generator)
        if generator.random() < 0.3:
            beat = min(length, 1500)
            output[start : start + beat] += generator.normal(0, 1, beat) * np.exp(-np.arange(beat) / 200)
    return output


def clicks(count: int, generator: np.random.Generator) -> np.ndarray:
    """Keyboard and knock-like bursts over faint noise."""
    output = generator.normal(0, 0.01, count)
    for _ in range(generator.integers(1, 25)):
        start, length = int(generator.integers(0, count)), int(generator.integers(40, 1600))
        end = min(count, start + length)
        burst = generator.normal(0, generator.uniform(0.2, 1), end - start) * np.exp(-np.arange(end - start) / (length / 5))
        output[start:end] += burst
    return output


def breath(count: int, generator: np.random.Generator) -> np.ndarray:
    """Breaths: shaped noise that swells and falls."""
    output = generator.normal(0, 0.01, count)
    noise = coloured(count, generator)
    period = generator.uniform(0.8, 2.5)
    swell = np.maximum(0, np.sin(2 * np.pi * np.arange(count) / SAMPLE_RATE / period + generator.uniform(0, 6))) ** 2
    return output + noise / (np.abs(noise).max() + 1e-9) * swell


def babble(count: int, generator: np.random.Generator) -> np.ndarray:
    """Noise that rises and falls like far voices, without words."""
    total = sum(coloured(count, generator) * np.abs(np.sin(np.arange(count) / SAMPLE_RATE * np.pi * generator.uniform(2, 6))) for _ in range(4))
    return total * envelope(count, generator)


def sweep(count: int, generator: np.random.Generator) -> np.ndarray:
    """Beeps and gliding tones, as devices make them."""
    time = np.arange(count) / SAMPLE_RATE
    start, end = generator.uniform(200, 3000, 2)
    phase = 2 * np.pi * np.cumsum(np.linspace(start, end, count)) / SAMPLE_RATE
    return np.sin(phase) * (np.sin(2 * np.pi * time * generator.uniform(0.5, 4)) > generator.uniform(-0.9, 0.5))
