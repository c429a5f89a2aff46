"""Checks of the domain and the corpus code: python3 -m unittest corpus.domain_test"""

import json
import math
import random
import unittest

import numpy as np

from .domain import frame, read_intents, read_patterns
from .grammar import Grammar, Node, parse
from .lexicon_reader import is_known, read_lexicon
from .ngram_file import LanguageModel
from .places import CORPUS, DOMAIN, LANGUAGE_MODEL
from .sentences import SentenceSource
from .sound import SAMPLE_RATE, trim, warp_to_16k
from .speakers import TEST_VOICES, VOICES, draw_speaker

FOLDERS = ("patterns", "wording", "held-out", "development")


def reported_texts() -> set[str]:
    """Sentences of the sets that figures are reported on, longer than two words."""
    lines = [line for name in ("a", "b", "c", "ood") for line in (DOMAIN / "evaluation" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    return {text for text in (json.loads(line)["text"] for line in lines) if len(text.split()) > 2}


def slot_names(node: Node) -> set[str]:
    names = {node.name} if node.kind == "slot" else set()
    return names.union(*(slot_names(child) for child in node.children)) if node.children else names


class DomainTest(unittest.TestCase):
    def test_every_pattern_can_be_said_with_known_words(self) -> None:
        grammar, chance = Grammar(DOMAIN / "slots"), random.Random(1)
        for folder in FOLDERS:
            for pattern in read_patterns(folder):
                emit = grammar.compile(parse(pattern.text))
                for _ in range(5):
                    text, _ = grammar.say(emit, chance.random)
                    self.assertTrue(text and is_known(text), f"{pattern.key}: {text}")

    def test_patterns_use_only_the_slots_of_their_intent(self) -> None:
        intents = {intent["name"]: {slot["name"] for slot in intent["slots"]} for intent in read_intents()}
        for folder in FOLDERS:
            for pattern in read_patterns(folder):
                self.assertLessEqual(slot_names(parse(pattern.text)), intents[pattern.intent], pattern.key)

    def test_slot_values_occur_in_the_sentence(self) -> None:
        source = SentenceSource(3)
        for _ in range(3000):
            sentence = source.draw()
            for value in sentence.slots.values():
                self.assertIn(f" {value} ", f" {sentence.text} ")

    def test_no_pattern_is_both_trained_and_held_out(self) -> None:
        shipped, taught, held, development = ({(p.intent, p.text) for p in read_patterns(folder)} for folder in FOLDERS)
        trained = shipped | taught
        self.assertFalse(trained & held or trained & development or held & development)

    def test_frames_have_the_official_layout(self) -> None:
        intents = {intent["name"]: intent for intent in read_intents()}
        self.assertEqual(frame(intents["set_timer"], {"duration": "five minutes"}), '<tool_call>function\nset_timer\n{"duration": "five minutes"}</tool_call>')
        self.assertEqual(frame(intents["greeting"], {}), "<intent>greeting\n{}</intent>")
        self.assertEqual(frame(None, {}), "<intent>unknown\n{}</intent>")


class CorpusTest(unittest.TestCase):
    def test_the_test_voices_are_never_drawn(self) -> None:
        self.assertFalse({voice.name for voice in VOICES} & set(TEST_VOICES))
        chance = random.Random(2)
        for _ in range(500):
            speaker = draw_speaker(chance)
            self.assertNotIn("awb", speaker.voice.model)
            self.assertNotIn("ked", speaker.voice.model)

    def test_no_sentence_of_a_test_set_was_spoken_for_training(self) -> None:
        excluded = reported_texts()
        for path in CORPUS.glob("speech-*.jsonl"):
            for line in path.read_text(encoding="utf-8").splitlines():
                label = json.loads(line)
                self.assertNotIn(label["voice"], TEST_VOICES)
                self.assertFalse(label["text"] in excluded, f"{path.name}: {label['text']}")

    def test_warping_moves_pitch_and_trimming_keeps_the_sound(self) -> None:
        time = np.arange(SAMPLE_RATE) / SAMPLE_RATE
        tone = np.sin(2 * np.pi * 400 * time).astype(np.float32)
        warped = warp_to_16k(tone, SAMPLE_RATE, 1.2)
        spectrum = np.abs(np.fft.rfft(warped, SAMPLE_RATE))
        self.assertAlmostEqual(float(spectrum.argmax()), 480, delta=6)
        padded = np.concatenate([np.zeros(8000, np.float32), tone, np.zeros(8000, np.float32)])
        trimmed = trim(padded, 0.1, 0.2, np.random.default_rng(1))
        self.assertAlmostEqual(trimmed.size / SAMPLE_RATE, 1.3, delta=0.1)


class LanguageModelTest(unittest.TestCase):
    def test_probabilities_sum_to_one_in_any_context(self) -> None:
        model = LanguageModel(LANGUAGE_MODEL)
        for words in (["<s>"], ["set", "a", "timer"], ["the", "king"], ["zebra", "king"]):
            context = [model.ids[word] for word in words if word in model.ids]
            total = sum(math.exp(model.log_probability(context, word)) for word in model.ids.values() if word != model.header["start"])
            self.assertAlmostEqual(total, 1, delta=0.05)

    def test_every_word_of_the_lexicon_has_a_probability(self) -> None:
        model = LanguageModel(LANGUAGE_MODEL)
        self.assertFalse(set(read_lexicon()) - set(model.ids))


if __name__ == "__main__":
    unittest.main()
