"""Speaks the test sets with Debian's flite and festival, as 16 kHz WAV files.

    python3 -m corpus.evaluation --out /tmp/sets [--sets a,b,c,ood,nonspeech,dev]

Each set becomes OUT/<set>/<id>.wav beside OUT/<set>.jsonl, whose lines gain "file". Voices
speak as they are: no warping, natural rate.
"""

import argparse
import json
import tempfile
import wave
from pathlib import Path

import numpy as np

from .neural_speakers import stranger
from .neural_voice import SAMPLE_RATE as NEURAL_RATE, speak
from .non_speech import draw_non_speech
from .places import DOMAIN
from .sound import to_int16, trim, warp_to_16k
from .synthesisers import festival_lines, read_wave, run_festival, run_flite

SETS = ["a", "b", "c", "ood", "nonspeech", "dev", "dev-strangers"]
FESTIVAL_MODELS = {"festival-ked": "ked_diphone", "festival-kal": "kal_diphone", "festival-slt": "cmu_us_slt_arctic_hts"}


def write_wave(path: Path, samples: np.ndarray) -> None:
    """int16 mono at 16 kHz."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(samples.astype("<i2").tobytes())


def read_raw(path: Path) -> tuple[np.ndarray, int]:
    """float32 samples in -1..1 and the rate of what the neural synthesiser wrote."""
    return np.fromfile(path, "<i2").astype(np.float32) / 32768, NEURAL_RATE


def speak_set(name: str, out: Path) -> None:
    """Makes the files of one set."""
    labels = [json.loads(line) for line in (DOMAIN / "evaluation" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    (out / name).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        raw = {label["id"]: Path(folder) / f"{label['id']}.wav" for label in labels}
        script: list[str] = []
        for label in labels:
            engine, _, model = label["voice"].partition("-")
            if engine == "flite":
                run_flite(label["text"], model, 1.0, 0.0, raw[label["id"]])
            elif engine == "festival":
                script.append(festival_lines(label["text"], FESTIVAL_MODELS[label["voice"]], 1.0, 0.0, raw[label["id"]]))
        if script:
            run_festival(script)
        neural = [label for label in labels if label["voice"].startswith("neural-")]
        if neural:
            speak([(label["text"], stranger(label["voice"].partition("-")[2]), raw[label["id"]]) for label in neural])
        for number, label in enumerate(labels):
            generator = np.random.default_rng(1_000_000 + number)
            if label["voice"] == "none":
                samples, label["content"] = draw_non_speech(generator)
                audio = np.round(np.clip(samples, -1, 1) * 32767).astype("<i2")
            else:
                samples, rate = read_raw(raw[label["id"]]) if label["voice"].startswith("neural-") else read_wave(raw[label["id"]])
                audio = to_int16(trim(warp_to_16k(samples, rate, 1.0), 0.25, 0.25, generator), -22)
            label["file"] = str(out / name / f"{label['id']}.wav")
            write_wave(Path(label["file"]), audio)
    (out / f"{name}.jsonl").write_text("\n".join(json.dumps(label, ensure_ascii=False) for label in labels) + "\n", encoding="utf-8")
    print(name, len(labels), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sets", default=",".join(SETS))
    arguments = parser.parse_args()
    for name in arguments.sets.split(","):
        speak_set(name, arguments.out)


if __name__ == "__main__":
    main()
