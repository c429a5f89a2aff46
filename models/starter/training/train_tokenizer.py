"""Learns the byte pairs from sampled sentences and their targets and writes .training/tokenizer.json.

    python3 models/starter/training/train_tokenizer.py [--sentences 60000] [--tokens 1280]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter

from byte_pairs import SPECIAL_TOKENS, Tokenizer, tokenizer_json, train_merges
from dimensions import TAG_GROUPS
from model_folder import TOKENIZER
from sentence_source import sentences
from targets import converse_target, tags_target

FIXED_TEXTS = ["system\ntranscribe", "system\ntags", "system\nconverse", "human\n", "assistant\n"]


def collect(count: int, seed: int) -> Counter[str]:
    texts: Counter[str] = Counter()
    for sentence in sentences(seed, count):
        texts[sentence["text"]] += 2
        texts[converse_target(sentence["text"], sentence["target"])] += 1
    for text in FIXED_TEXTS:
        texts[text] += count
    for group in TAG_GROUPS:
        for value in group["values"]:
            texts[tags_target({group["name"]: value})] += count // 10
    return texts


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sentences", type=int, default=60_000)
    arguments.add_argument("--tokens", type=int, default=1280)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    texts = collect(options.sentences, options.seed)
    plain: Counter[str] = Counter()
    for text, count in texts.items():
        for token, _ in SPECIAL_TOKENS:
            text = text.replace(token, "\u0000")
        for part in text.split("\u0000"):
            plain[part] += count
    merges = train_merges(plain, options.tokens - 256 - len(SPECIAL_TOKENS))
    TOKENIZER.parent.mkdir(parents=True, exist_ok=True)
    TOKENIZER.write_text(json.dumps(tokenizer_json(merges), indent=0, ensure_ascii=False) + "\n")
    tokenizer = Tokenizer(TOKENIZER)
    lengths = [len(tokenizer.encode(text)) for text in list(texts)[:2000]]
    print(f"{tokenizer.size} tokens, mean text {sum(lengths) / len(lengths):.1f} tokens")


if __name__ == "__main__":
    main()
