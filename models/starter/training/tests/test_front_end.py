"""Front end and tokenizer against the golden arrays of the project."""

import unittest
import wave

import numpy as np
import torch

from byte_pairs import Tokenizer
from log_mel import log_mel, mel_filters
from model_folder import REPOSITORY, STARTER

GOLDEN = REPOSITORY / "test" / "golden"


class FrontEnd(unittest.TestCase):
    def test_mel_filters_equal_the_golden_bank(self):
        wanted = np.load(GOLDEN / "mel_filters_16k_128.npy")
        self.assertLess(np.abs(mel_filters().numpy() - wanted).max(), 1e-6)

    def test_log_mel_equals_the_golden_arrays(self):
        for number, name in enumerate(("user-16k.wav", "user2-16k.wav")):
            with wave.open(str(GOLDEN / name)) as file:
                samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2") / 32768
            found = log_mel(torch.from_numpy(samples.astype(np.float32))).numpy()
            wanted = np.load(GOLDEN / f"logmel_{number}_0.npy")
            self.assertEqual(found.shape, wanted.shape)
            self.assertLess(np.abs(found - wanted).max(), 1e-3)


class Tokens(unittest.TestCase):
    def test_our_tokenizer_gives_back_what_it_was_given(self):
        tokenizer = Tokenizer(STARTER / "tokenizer.json")
        text = '<think>\nset a timer\n</think>\n<tool_call>function\nset_timer\n{"duration": "five minutes"}</tool_call><|EOT|>'
        self.assertEqual(tokenizer.decode(tokenizer.encode(text)), text)

    def test_a_word_has_the_same_tokens_in_a_transcript_and_in_a_slot(self):
        tokenizer = Tokenizer(STARTER / "tokenizer.json")
        text = tokenizer.encode("the weather in illinois now")
        value = tokenizer.encode("illinois")
        self.assertIn(value, [text[start : start + len(value)] for start in range(len(text))])


if __name__ == "__main__":
    unittest.main()
