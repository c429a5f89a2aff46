"""Runs Debian's synthesisers: text and settings in, samples and rate out."""

import subprocess
import tempfile
import wave
from pathlib import Path

import numpy as np

SCRATCH = "/dev/shm"
ESPEAK_WORDS_PER_MINUTE = 160


def spoken(text: str) -> str:
    """Spelling that the synthesisers read as meant: single letters and unusual words."""
    padded = f" {text} "
    for written, said in SPELLINGS.items():
        padded = padded.replace(f" {written} ", f" {said} ")
    return padded.strip()


SPELLINGS = {"a m": "eigh em", "wifi": "why fye", "slt": "s l t", "rms": "r m s", "pdf": "p d f", "pc": "p c", "sotto": "sotto", "haha": "ha ha", "p m": "p em"}


def read_wave(path: Path) -> tuple[np.ndarray, int]:
    """float32 samples in -1..1 and the rate of a 16-bit WAV file."""
    with wave.open(str(path), "rb") as file:
        data = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
        channels, rate = file.getnchannels(), file.getframerate()
    return data.reshape(-1, channels)[:, 0].astype(np.float32) / 32768, rate


def run_flite(text: str, model: str, stretch: float, pitch_hz: float, path: Path) -> None:
    """Writes one utterance of a flite voice."""
    settings = ["--setf", f"duration_stretch={stretch:.3f}"]
    if pitch_hz:
        settings += ["--setf", f"int_f0_target_mean={pitch_hz:.1f}"]
    subprocess.run(["flite", "-voice", model, *settings, "-t", spoken(text), "-o", str(path)], check=True, capture_output=True)


def run_espeak(text: str, accent: str, variant: str, stretch: float, pitch: float, path: Path) -> None:
    """Writes one utterance of espeak-ng. pitch: 0..99."""
    speed = int(min(max(ESPEAK_WORDS_PER_MINUTE / stretch, 80), 400))
    subprocess.run(["espeak-ng", "-v", f"{accent}+{variant}", "-s", str(speed), "-p", str(int(pitch)), "-w", str(path), spoken(text)], check=True, capture_output=True)


def festival_lines(text: str, model: str, stretch: float, pitch_hz: float, path: Path) -> str:
    """Scheme that writes one utterance; many of them go to one festival process."""
    lines = [f"(voice_{model})", f"(Parameter.set 'Duration_Stretch {stretch:.3f})"]
    if pitch_hz:
        lines.append(f"(set! int_lr_params '((target_f0_mean {pitch_hz:.1f}) (target_f0_std {pitch_hz * 0.14:.1f}) (model_f0_mean 170) (model_f0_std 34)))")
    lines.append(f"(unwind-protect (utt.save.wave (SynthText \"{spoken(text)}\") \"{path}\" 'riff))")
    return "\n".join(lines)


def run_festival(script: list[str]) -> None:
    """Runs one festival process over the lines of many utterances."""
    with tempfile.NamedTemporaryFile("w", suffix=".scm", dir=SCRATCH, delete=False) as file:
        file.write("\n".join(script) + "\n")
    try:
        subprocess.run(["festival", "-b", file.name], check=False, capture_output=True)
    finally:
        Path(file.name).unlink()
