"""The safetensors file, phone error, and simulated recognition errors."""

import tempfile
import unittest
from pathlib import Path

import torch

from model_folder import LEXICON
from phone_error import edit_distance, greedy_phones
from safetensors_file import read_safetensors, write_safetensors


class Safetensors(unittest.TestCase):
    def test_what_is_written_is_read_back(self):
        tensors = {"b": torch.randn(3, 5).half(), "a": torch.arange(12.0).view(3, 4), "odd": torch.ones(11).half()}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "weights.safetensors"
            write_safetensors(path, tensors)
            found = read_safetensors(path)
        self.assertEqual(set(found), set(tensors))
        for name, tensor in tensors.items():
            self.assertTrue(torch.equal(found[name], tensor))
            self.assertEqual(found[name].dtype, tensor.dtype)


class PhoneErrors(unittest.TestCase):
    def test_distance_counts_substitutions_insertions_and_losses(self):
        self.assertEqual(edit_distance(list("kitten"), list("sitting")), 3)
        self.assertEqual(edit_distance([], list("ab")), 2)

    def test_greedy_reading_joins_repeats_and_keeps_what_a_blank_parts(self):
        best = torch.tensor([0, 1, 1, 0, 1, 2, 2])
        self.assertEqual(greedy_phones(torch.eye(3)[best], ["<blank>", "AA", "B"]), ["AA", "AA", "B"])


@unittest.skipUnless(LEXICON.exists(), "no lexicon")
class Mishearing(unittest.TestCase):
    def test_slot_values_stay_words_of_the_text(self):
        from recognition_errors import RecognitionErrors

        errors = RecognitionErrors(1)
        sentence = {
            "text": "set a timer for twenty five minutes", "intent": "set_timer", "slots": {"duration": "twenty five minutes"},
            "target": '<tool_call>function\nset_timer\n{"duration": "twenty five minutes"}</tool_call>',
        }
        for _ in range(200):
            text, frame = errors.spoil(sentence, 0.4)
            value = frame.split('"duration": "')[1].split('"')[0]
            self.assertIn(value, text)


if __name__ == "__main__":
    unittest.main()
