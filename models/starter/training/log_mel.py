"""16 kHz waveform to 128-bin log-mel, 100 frames a second, in the form that the official model expects.

    in   wave     float32 [..., sample]      16 kHz, in [-1, 1)
    out  log-mel  float32 [..., 128, frame]  frame = floor((sample + 479) / 160)
"""

from __future__ import annotations

import math

import torch

SAMPLE_RATE = 16000
WINDOW_SAMPLES = 400
HOP_SAMPLES = 160
PADDING_SAMPLES = 479
MEL_BANDS = 128


def _hertz_to_mel(hertz: float) -> float:
    """Slaney's scale: linear below 1 kHz, logarithmic above."""
    if hertz < 1000.0:
        return hertz * 3.0 / 200.0
    return 15.0 + math.log(hertz / 1000.0) * 27.0 / math.log(6.4)


def _mel_to_hertz(mel: torch.Tensor) -> torch.Tensor:
    return torch.where(mel < 15.0, mel * 200.0 / 3.0, 1000.0 * torch.exp((mel - 15.0) * math.log(6.4) / 27.0))


def mel_filters(bands: int = MEL_BANDS, top_hertz: float = 8000.0) -> torch.Tensor:
    """Triangles [band, 201] on the Slaney scale, each of unit area."""
    bins = WINDOW_SAMPLES // 2 + 1
    frequencies = torch.linspace(0, SAMPLE_RATE / 2, bins, dtype=torch.float64)
    mels = torch.linspace(_hertz_to_mel(0.0), _hertz_to_mel(top_hertz), bands + 2, dtype=torch.float64)
    edges = _mel_to_hertz(mels)
    rising = (frequencies[None] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - frequencies[None]) / (edges[2:] - edges[1:-1])[:, None]
    triangles = torch.minimum(rising, falling).clamp(min=0)
    return (triangles * (2.0 / (edges[2:] - edges[:-2]))[:, None]).float()


_FILTERS = mel_filters()
_WINDOW = torch.hann_window(WINDOW_SAMPLES, periodic=True)


def mel_power(wave: torch.Tensor) -> torch.Tensor:
    """Power in each mel band before the logarithm, [..., 128, frame]."""
    padded = torch.nn.functional.pad(wave, (0, PADDING_SAMPLES))
    spectrum = torch.stft(
        padded, WINDOW_SAMPLES, HOP_SAMPLES, window=_WINDOW, center=True, pad_mode="reflect", return_complex=True
    )[..., :-1]
    power = spectrum.real.square() + spectrum.imag.square()
    return torch.matmul(_FILTERS, power)


def compress(power: torch.Tensor) -> torch.Tensor:
    """Logarithm, floor 8 decades below the loudest value of the piece, and scaling."""
    logarithm = power.clamp(min=1e-10).log10()
    loudest = logarithm.amax(dim=(-1, -2), keepdim=True)
    return (torch.maximum(logarithm, loudest - 8.0) + 4.0) / 4.0


def log_mel(wave: torch.Tensor) -> torch.Tensor:
    return compress(mel_power(wave))
