"""Signal work on synthesised speech: resampling, trimming, whispering, trembling."""

from fractions import Fraction

import numpy as np
from scipy.signal import lfilter, resample_poly

SAMPLE_RATE = 16000
FRAME, HOP, ORDER = 400, 200, 20


def warp_to_16k(samples: np.ndarray, rate: int, warp: float) -> np.ndarray:
    """Resamples to 16 kHz with all frequencies multiplied by warp."""
    ratio = Fraction(SAMPLE_RATE / (rate * warp)).limit_denominator(60)
    if ratio == 1:
        return samples
    return resample_poly(samples, ratio.numerator, ratio.denominator).astype(np.float32)


def trim(samples: np.ndarray, before_seconds: float, after_seconds: float, generator: np.random.Generator) -> np.ndarray:
    """Cuts silence at both ends and puts faint noise of the given lengths there."""
    energy = np.abs(samples)
    loud = np.nonzero(energy > max(float(energy.max()) * 0.012, 1e-4))[0]
    if loud.size == 0:
        return samples
    body = samples[max(0, loud[0] - 160) : loud[-1] + 480]
    before, after = (generator.normal(0, 2e-5, int(seconds * SAMPLE_RATE)) for seconds in (before_seconds, after_seconds))
    return np.concatenate([before, body, after]).astype(np.float32)


def tremble(samples: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Pitch and loudness waver at 4 to 7 times a second, as in an old voice."""
    time = np.arange(samples.size) / SAMPLE_RATE
    speed, depth = generator.uniform(4, 7), generator.uniform(0.01, 0.03)
    phase = generator.uniform(0, 2 * np.pi)
    offset = depth / (2 * np.pi * speed) * np.sin(2 * np.pi * speed * time + phase) * SAMPLE_RATE
    moved = np.interp(np.arange(samples.size) + offset, np.arange(samples.size), samples)
    return (moved * (1 + generator.uniform(0.05, 0.25) * np.sin(2 * np.pi * speed * time))).astype(np.float32)


def whisper(samples: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Replaces the excitation by noise: linear prediction, frame by frame."""
    output = np.zeros(samples.size + FRAME, np.float32)
    window = np.hanning(FRAME)
    for start in range(0, samples.size - FRAME, HOP):
        frame = samples[start : start + FRAME] * window
        spectrum = np.abs(np.fft.rfft(frame, 2 * FRAME)) ** 2
        correlation = np.fft.irfft(spectrum)[: ORDER + 1]
        if correlation[0] < 1e-7:
            continue
        correlation[0] *= 1.0005
        index = np.abs(np.subtract.outer(np.arange(ORDER), np.arange(ORDER)))
        predictor = np.linalg.solve(correlation[index] + 1e-9 * np.eye(ORDER), correlation[1:])
        gain = np.sqrt(max(correlation[0] - predictor @ correlation[1:], 1e-12) / FRAME)
        noise = generator.normal(0, gain, FRAME)
        output[start : start + FRAME] += lfilter([1.0], np.concatenate([[1.0], -predictor]), noise) * window
    bright = output[: samples.size].astype(np.float32)
    return bright - 0.6 * np.concatenate([[0], bright[:-1]]).astype(np.float32)


def to_int16(samples: np.ndarray, level_db: float) -> np.ndarray:
    """int16 samples with the given root mean square level (dB below full scale), never clipped."""
    power = float(np.sqrt(np.mean(samples**2))) or 1.0
    scaled = samples * (10 ** (level_db / 20) / power)
    peak = float(np.abs(scaled).max())
    if peak > 0.97:
        scaled *= 0.97 / peak
    return np.round(scaled * 32767).astype("<i2")
