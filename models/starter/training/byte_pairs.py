"""Byte-level byte-pair encoding in the Qwen2 form: training, tokenizer.json, and encoding of our plain ASCII text."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path

SPLIT_PATTERN = (
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
    "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
)
_ASCII_SPLIT = re.compile(
    "'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD]|[^\\r\\nA-Za-z0-9]?[A-Za-z]+|[0-9]"
    "| ?[^\\sA-Za-z0-9]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
)
#: (token, hidden when text is shown)
SPECIAL_TOKENS = [
    ("<|endoftext|>", True),
    ("<tool_call>", False),
    ("</tool_call>", False),
    ("<think>", False),
    ("</think>", False),
    ("<|EOT|>", True),
    ("<|BOT|>", True),
    ("<audio_start>", True),
    ("<audio_end>", True),
    ("<audio_patch>", True),
    ("<tts_start>", True),
    ("<tts_end>", True),
    ("<tts_pad>", True),
]


def byte_letters() -> dict[int, str]:
    """The printable letter that stands for each byte."""
    printable = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAC + 1), *range(0xAE, 0xFF + 1)]
    letters = {byte: chr(byte) for byte in printable}
    spare = 256
    for byte in range(256):
        if byte not in letters:
            letters[byte] = chr(spare)
            spare += 1
    return letters


_LETTERS = byte_letters()


def _letters_of(piece: str) -> tuple[str, ...]:
    return tuple(_LETTERS[byte] for byte in piece.encode())


def train_merges(texts: Counter[str], merges: int) -> list[tuple[str, str]]:
    """The most frequent pairs, in order.

    What stands before a word (a space, a quote) never joins its letters, so that a word has the same tokens in a
    transcript and as a slot's value, and the decoder copies token for token.
    """
    pieces: Counter[str] = Counter()
    for text, count in texts.items():
        for piece in _ASCII_SPLIT.findall(text):
            if len(piece) > 1 and not piece[0].isalnum() and piece[0] != "'" and piece[1].isalpha():
                pieces[piece[1:]] += count
            else:
                pieces[piece] += count
    words = [(list(_letters_of(piece)), count) for piece, count in pieces.items()]
    pairs: Counter[tuple[str, str]] = Counter()
    places: dict[tuple[str, str], set[int]] = defaultdict(set)
    for index, (letters, count) in enumerate(words):
        for pair in zip(letters, letters[1:]):
            pairs[pair] += count
            places[pair].add(index)
    learned = []
    while len(learned) < merges and pairs:
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        if pairs[best] < 2:
            break
        learned.append(best)
        for index in list(places[best]):
            letters, count = words[index]
            for pair in zip(letters, letters[1:]):
                pairs[pair] -= count
                places[pair].discard(index)
            merged, position = [], 0
            while position < len(letters):
                if position + 1 < len(letters) and (letters[position], letters[position + 1]) == best:
                    merged.append(best[0] + best[1])
                    position += 2
                else:
                    merged.append(letters[position])
                    position += 1
            words[index] = (merged, count)
            for pair in zip(merged, merged[1:]):
                pairs[pair] += count
                places[pair].add(index)
        pairs.pop(best, None)
    return learned


def tokenizer_json(merges: list[tuple[str, str]]) -> dict:
    """tokenizer.json in Hugging Face form."""
    vocabulary = {letter: index for index, letter in enumerate(sorted(_LETTERS.values()))}
    for left, right in merges:
        vocabulary.setdefault(left + right, len(vocabulary))
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": False}
    added = [
        {
            "id": len(vocabulary) + index,
            "content": token,
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
            "special": hidden,
        }
        for index, (token, hidden) in enumerate(SPECIAL_TOKENS)
    ]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": {"type": "NFC"},
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [
                {"type": "Split", "pattern": {"Regex": SPLIT_PATTERN}, "behavior": "Isolated", "invert": False},
                byte_level,
            ],
        },
        "post_processor": byte_level,
        "decoder": byte_level,
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": "",
            "end_of_word_suffix": "",
            "fuse_unk": False,
            "byte_fallback": False,
            "vocab": vocabulary,
            "merges": [f"{left} {right}" for left, right in merges],
        },
    }


def tokenizer_config_json() -> dict:
    return {
        "tokenizer_class": "Qwen2Tokenizer",
        "add_prefix_space": False,
        "bos_token": None,
        "eos_token": "<|EOT|>",
        "pad_token": "<|endoftext|>",
        "errors": "replace",
        "split_special_tokens": False,
        "unk_token": None,
        "model_max_length": 2048,
        "clean_up_tokenization_spaces": False,
    }


class Tokenizer:
    """Encodes and decodes with a tokenizer.json of the form above (ASCII text only)."""

    def __init__(self, path: Path):
        data = json.loads(path.read_text())
        self.vocabulary: dict[str, int] = data["model"]["vocab"]
        self.ranks = {tuple(merge.split(" ")): rank for rank, merge in enumerate(data["model"]["merges"])}
        self.special = {entry["content"]: entry["id"] for entry in data["added_tokens"]}
        self.size = len(self.vocabulary) + len(self.special)
        self._tokens = {index: token for token, index in self.vocabulary.items()}
        self._special_tokens = {index: token for token, index in self.special.items()}
        self._bytes = {letter: byte for byte, letter in _LETTERS.items()}
        self._special_split = re.compile("(" + "|".join(re.escape(token) for token in self.special) + ")")
        self._piece_ids = lru_cache(maxsize=200_000)(self._encode_piece)

    def _encode_piece(self, piece: str) -> tuple[int, ...]:
        letters = list(_letters_of(piece))
        while len(letters) > 1:
            rank, position = min(
                (self.ranks.get(pair, 1 << 30), index) for index, pair in enumerate(zip(letters, letters[1:]))
            )
            if rank == 1 << 30:
                break
            letters[position : position + 2] = [letters[position] + letters[position + 1]]
        return tuple(self.vocabulary[letter] for letter in letters)

    def encode(self, text: str) -> list[int]:
        ids: list[int] = []
        for part in self._special_split.split(text):
            if part in self.special:
                ids.append(self.special[part])
            else:
                for piece in _ASCII_SPLIT.findall(part):
                    ids.extend(self._piece_ids(piece))
        return ids

    def decode(self, ids: list[int]) -> str:
        out = bytearray()
        for index in ids:
            if index in self._special_tokens:
                out += self._special_tokens[index].encode()
            elif index in self._tokens:
                out += bytes(self._bytes[letter] for letter in self._tokens[index])
        return out.decode(errors="replace")
