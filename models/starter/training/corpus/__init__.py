"""The corpus of the starter model: sentences, speech, lexicon and language model."""
