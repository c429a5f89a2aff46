"""Where things lie: the shipped files, and what training leaves beside the repository."""

from __future__ import annotations

from pathlib import Path

TRAINING = Path(__file__).resolve().parent
STARTER = TRAINING.parent
REPOSITORY = STARTER.parent.parent
WORK = REPOSITORY / ".training"
CORPUS = WORK / "corpus"
CHECKPOINTS = WORK / "checkpoints"
REFERENCE = WORK / "reference"
DOMAIN = STARTER / "domain"
LEXICON = DOMAIN / "lexicon.txt"
#: The tokenizer that training uses; export puts it beside the weights that were trained with it.
TOKENIZER = WORK / "tokenizer.json"
