"""Speakers of the neural synthesiser: every one is mixed from its stored voices."""

import math
import random
from dataclasses import dataclass

FEMALE = "af_alloy af_aoede af_bella af_heart af_jessica af_kore af_nova af_river af_sky bf_alice bf_isabella bf_lily".split()
MALE = "am_adam am_echo am_eric am_fenrir am_liam am_michael am_puck am_santa bm_daniel bm_george bm_lewis".split()
FEMALE_ABROAD = "ef_dora ff_siwis hf_alpha hf_beta if_sara jf_alpha jf_gongitsune jf_nezumi jf_tebukuro pf_dora zf_xiaobei zf_xiaoni zf_xiaoxiao zf_xiaoyi".split()
MALE_ABROAD = "em_alex em_santa hm_omega hm_psi im_nicola jm_kumo pm_alex pm_santa zm_yunjian zm_yunxi zm_yunxia zm_yunyang".split()
"""Voices made for other languages; they speak English with an accent."""
STRANGERS = {"af_sarah": "female", "bf_emma": "female", "am_onyx": "male", "bm_fable": "male"}
"""Never trained on: they speak the development set of new voices."""
ABROAD_SHARE, OTHER_GENDER_SHARE = 0.3, 0.1

Mix = list[tuple[str, float]]


@dataclass(frozen=True)
class NeuralSpeaker:
    """timbre, manner: voices with weights that sum to 1. warp: formant and pitch factor."""

    timbre: Mix
    manner: Mix
    gender: str
    speed: float
    warp: float
    british: bool


def draw_voice(source: random.Random, gender: str) -> str:
    """One stored voice of a gender."""
    abroad = source.random() < ABROAD_SHARE
    if gender == "female":
        return source.choice(FEMALE_ABROAD if abroad else FEMALE)
    return source.choice(MALE_ABROAD if abroad else MALE)


def draw_mix(source: random.Random, gender: str, other: str) -> tuple[Mix, bool]:
    """One to three voices with weights, and whether both genders are in it."""
    count = source.choices((1, 2, 3), (0.3, 0.5, 0.2))[0]
    weights = [source.uniform(0.2, 1.0) for _ in range(count)]
    genders = [other if index and source.random() < OTHER_GENDER_SHARE else gender for index in range(count)]
    mix = [(draw_voice(source, kind), weight / sum(weights)) for kind, weight in zip(genders, weights)]
    return mix, other in genders


def draw_speaker(source: random.Random) -> NeuralSpeaker:
    """A random timbre, a random manner of speaking, a random rate and length of vocal tract."""
    gender, other = source.choice((("female", "male"), ("male", "female")))
    timbre, mixed = draw_mix(source, gender, other)
    manner, also_mixed = (timbre, mixed) if source.random() < 0.4 else draw_mix(source, gender, other)
    warp = 1.0 if source.random() < 0.3 else math.exp(source.uniform(math.log(0.88), math.log(1.14)))
    sure = not mixed and not also_mixed and 0.92 < warp < 1.09
    speed = min(max(source.lognormvariate(0.05, 0.18), 0.65), 1.6)
    british = timbre[0][0].startswith("b")
    return NeuralSpeaker(timbre, manner, gender if sure else "unsure", speed / warp, warp, british)


def stranger(name: str) -> NeuralSpeaker:
    """A stored voice as it is."""
    return NeuralSpeaker([(name, 1.0)], [(name, 1.0)], STRANGERS[name], 1.0, 1.0, name.startswith("b"))
