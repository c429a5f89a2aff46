"""Prints random labelled sentences as JSON lines.

    python3 -m corpus.sample --count 20 --seed 1
"""

import argparse
import json
import sys

from .sentences import SentenceSource


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", default="patterns", choices=["patterns", "held-out", "development"])
    arguments = parser.parse_args()
    source = SentenceSource(arguments.seed, arguments.folder)
    for _ in range(arguments.count):
        sys.stdout.write(json.dumps(source.draw().as_dict(), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
