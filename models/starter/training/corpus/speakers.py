"""The training voices, and how each utterance becomes a speaker of its own.

Every utterance is synthesised at a random rate and pitch and then resampled by a warp
factor, which moves formants and pitch together while the duration stays natural.
The test voices, flite awb and festival ked, must never appear here.
"""

import math
import random
from dataclasses import dataclass

TEST_VOICES = ("flite-awb", "festival-ked")


@dataclass(frozen=True)
class Voice:
    """engine: flite | festival | espeak. pitch_hz: mean of the voice as recorded (0: not settable)."""

    name: str
    engine: str
    model: str
    gender: str
    weight: float
    pitch_hz: float
    age: str = "adult"
    style: str = "neutral"


@dataclass(frozen=True)
class Speaker:
    """One drawn speaker. stretch: duration factor given to the synthesiser; warp: formant and pitch factor."""

    voice: Voice
    stretch: float
    warp: float
    pitch_hz: float
    accent: str
    gender: str
    age: str
    style: str
    tremor: bool


RECORDED_VOICES = [
    Voice("flite-slt", "flite", "slt", "female", 20, 170),
    Voice("flite-rms", "flite", "rms", "male", 20, 95),
    Voice("flite-kal16", "flite", "kal16", "male", 8, 105),
    Voice("flite-kal", "flite", "kal", "male", 4, 105),
    Voice("festival-kal", "festival", "kal_diphone", "male", 9, 105),
    Voice("festival-slt", "festival", "cmu_us_slt_arctic_hts", "female", 12, 0),
]

ESPEAK_MALE = "m1 m2 m3 m4 m5 m6 m7 m8 Alex Andy Denis Diogo Gene Gene2 Henrique Hugo Jacky Lee Marco Mario Michael Mike Nguyen adam antonio benjamin boris caleb david ed edward edward2 gustave iven iven2 iven3 iven4 john kaukovalta marcelo max michel miguel norbert pablo paul pedro quincy rob robert sandro shelby travis victor zac klatt klatt2 klatt3 klatt4 croak".split()
ESPEAK_FEMALE = "f1 f2 f3 f4 f5 Alicia Andrea Annie anika belinda linda steph steph2 steph3 aunty".split()
ESPEAK_ACCENTS = ["en-us"] * 6 + ["en-gb", "en-gb", "en-gb-x-rp", "en-gb-scotland", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-029", "en-us-nyc"]


def espeak_voices() -> list[Voice]:
    """The variants of the formant synthesiser, about a quarter of all speech."""
    male = [Voice(f"espeak-{name}", "espeak", name, "male", 13 / len(ESPEAK_MALE), 50) for name in ESPEAK_MALE]
    female = [Voice(f"espeak-{name}", "espeak", name, "female", 11 / len(ESPEAK_FEMALE), 50) for name in ESPEAK_FEMALE]
    old = [
        Voice("espeak-grandpa", "espeak", "grandpa", "male", 0.8, 50, age="elderly"),
        Voice("espeak-grandma", "espeak", "grandma", "female", 0.8, 50, age="elderly"),
    ]
    whisper = [
        Voice("espeak-whisper", "espeak", "whisper", "male", 0.8, 50, style="whisper"),
        Voice("espeak-whisperf", "espeak", "whisperf", "female", 0.8, 50, style="whisper"),
    ]
    return male + female + old + whisper


VOICES = RECORDED_VOICES + espeak_voices()
WEIGHTS = [voice.weight for voice in VOICES]
WHISPER_SHARE, TREMOR_SHARE = 0.03, 0.03


def draw_speaker(source: random.Random) -> Speaker:
    """A random voice with random rate, pitch and vocal tract."""
    voice = source.choices(VOICES, WEIGHTS)[0]
    recorded = voice.engine != "espeak"
    if source.random() < 0.25:
        warp = source.uniform(0.97, 1.03)
    else:
        warp = math.exp(source.uniform(math.log(0.82), math.log(1.22)))
    rate = min(max(source.lognormvariate(0.02, 0.16), 0.68), 1.5)
    pitch = voice.pitch_hz
    if voice.engine == "espeak":
        pitch = source.uniform(25, 75)
    elif pitch:
        pitch *= math.exp(source.uniform(-0.22, 0.25))
    gender, age = voice.gender, voice.age
    heard = pitch * warp if recorded and pitch else 0.0
    if voice.gender == "female":
        if warp < 0.91 or (heard and heard < 150):
            gender = "unsure"
        if warp > 1.165 and age == "adult":
            age = "child"
    else:
        if warp > 1.14 or heard > 150:
            gender = "unsure"
        if warp > 1.19 and heard > 145 and age == "adult":
            age, gender = "child", "unsure"
    style = voice.style
    if style == "neutral" and recorded and source.random() < WHISPER_SHARE:
        style = "whisper"
    tremor = style == "neutral" and age == "adult" and source.random() < TREMOR_SHARE
    if tremor:
        age, rate = "elderly", max(rate, 1.12) * source.uniform(1.0, 1.15)
    accent = source.choice(ESPEAK_ACCENTS) if voice.engine == "espeak" else "en-us"
    return Speaker(voice, rate * warp, warp, pitch, accent, gender, age, style, tremor)
