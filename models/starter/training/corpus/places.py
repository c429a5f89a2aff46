"""Where the corpus finds the domain and puts its results."""

from pathlib import Path

STARTER = Path(__file__).resolve().parents[2]
REPOSITORY = STARTER.parents[1]
DOMAIN = STARTER / "domain"
CORPUS = REPOSITORY / ".training" / "corpus"
LANGUAGE_MODEL = STARTER / "language-model.bin"
