"""Synthesises shards of labelled speech into .training/corpus.

    python3 -m corpus.shards --first 0 --count 12 --workers 2
"""

import argparse
import json
import multiprocessing
import os
import random
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .lexicon_reader import is_known, phones_of
from .non_speech import draw_non_speech
from .places import CORPUS
from .sentences import Sentence, SentenceSource
from .sound import to_int16, tremble, trim, warp_to_16k, whisper
from .speakers import Speaker, draw_speaker
from .synthesisers import SCRATCH, festival_lines, read_wave, run_espeak, run_festival, run_flite

UTTERANCES = 2000
NON_SPEECH_SHARE = 0.03
MAXIMUM_SECONDS = 12.0


@dataclass
class Job:
    sentence: Sentence
    speaker: Speaker
    path: Path


def synthesise(jobs: list[Job]) -> None:
    """Writes the WAV file of every job; festival's in one process."""
    script: list[str] = []
    for job in jobs:
        speaker, voice = job.speaker, job.speaker.voice
        if voice.engine == "flite":
            run_flite(job.sentence.text, voice.model, speaker.stretch, speaker.pitch_hz, job.path)
        elif voice.engine == "espeak":
            run_espeak(job.sentence.text, speaker.accent, voice.model, speaker.stretch, speaker.pitch_hz, job.path)
        else:
            script.append(festival_lines(job.sentence.text, voice.model, speaker.stretch, speaker.pitch_hz, job.path))
    if script:
        run_festival(script)


def finish(job: Job, generator: np.random.Generator) -> np.ndarray | None:
    """int16 samples at 16 kHz of a synthesised job, or None where the synthesiser failed."""
    if not job.path.exists():
        return None
    samples, rate = read_wave(job.path)
    job.path.unlink()
    if samples.size < rate // 10:
        return None
    samples = warp_to_16k(samples, rate, job.speaker.warp)
    if job.speaker.tremor:
        samples = tremble(samples, generator)
    if job.speaker.style == "whisper" and job.speaker.voice.style != "whisper":
        samples = whisper(samples, generator)
    samples = trim(samples, generator.uniform(0.1, 0.4), generator.uniform(0.1, 0.4), generator)
    if samples.size > MAXIMUM_SECONDS * 16000 or not np.isfinite(samples).all():
        return None
    return to_int16(samples, generator.uniform(-32, -14))


def describe(job: Job) -> dict[str, Any]:
    """The label line of an utterance, without its place in the file."""
    speaker = job.speaker
    return {
        **job.sentence.as_dict(),
        "voice": speaker.voice.name,
        "gender": speaker.gender,
        "age": speaker.age,
        "style": speaker.style,
        "phones": phones_of(job.sentence.text),
        "content": "speech",
    }


def make_shard(number: int) -> str:
    """Makes one shard, unless it exists, and returns its name."""
    name = f"speech-{number:04d}"
    if (CORPUS / f"{name}.jsonl").exists():
        return name
    source, chance = SentenceSource(70_000 + number), random.Random(90_000 + number)
    generator = np.random.default_rng(number)
    clips: list[tuple[dict[str, Any], np.ndarray]] = []
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        jobs = [Job(source.draw(), draw_speaker(chance), Path(folder) / f"{index}.wav") for index in range(int(UTTERANCES * (1 - NON_SPEECH_SHARE)))]
        synthesise(jobs)
        for job in jobs:
            samples = finish(job, generator)
            if samples is not None and is_known(job.sentence.text):
                clips.append((describe(job), samples))
    for _ in range(int(UTTERANCES * NON_SPEECH_SHARE)):
        samples, content = draw_non_speech(generator)
        label = {**Sentence("", "unknown", pattern="non-speech/0").as_dict(), "voice": "none", "gender": "unsure", "age": "adult", "style": "neutral", "phones": "", "content": content}
        clips.append((label, np.round(np.clip(samples, -1, 1) * 32767).astype("<i2")))
    chance.shuffle(clips)
    write_shard(name, clips)
    return name


def write_shard(name: str, clips: list[tuple[dict[str, Any], np.ndarray]]) -> None:
    """Writes samples and labels; the .jsonl appears last, complete."""
    offset, lines = 0, []
    pcm = CORPUS / f"{name}.pcm"
    with open(f"{pcm}.tmp", "wb") as file:
        for label, samples in clips:
            file.write(samples.tobytes())
            lines.append(json.dumps({"offset": offset, "length": int(samples.size), **label}, ensure_ascii=False))
            offset += samples.size
    os.replace(f"{pcm}.tmp", pcm)
    labels = CORPUS / f"{name}.jsonl"
    Path(f"{labels}.tmp").write_text("\n".join(lines) + "\n", encoding="utf-8")
    os.replace(f"{labels}.tmp", labels)


def report() -> None:
    """Writes how much there is into STATUS."""
    shards = sorted(CORPUS.glob("*.jsonl"))
    samples = sum(path.with_suffix(".pcm").stat().st_size for path in shards) // 2
    text = f"{time.strftime('%H:%M:%S', time.gmtime())} UTC: {len(shards)} shards, {samples / 16000 / 3600:.2f} hours\n"
    (CORPUS / "STATUS").write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    CORPUS.mkdir(parents=True, exist_ok=True)
    numbers = range(arguments.first, arguments.first + arguments.count)
    with multiprocessing.Pool(arguments.workers, maxtasksperchild=1) as pool:
        for name in pool.imap_unordered(make_shard, numbers, chunksize=1):
            report()
            print(time.strftime("%H:%M:%S", time.gmtime()), name, flush=True)


if __name__ == "__main__":
    main()
