/** The voice library. `style` is words for the search alone; `position` is the order of the list. */
export const voiceTables = `
  CREATE TABLE voices (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    gender TEXT NOT NULL,
    language TEXT NOT NULL,
    style TEXT NOT NULL,
    maker TEXT NOT NULL,
    built_in INTEGER NOT NULL,
    favourite INTEGER NOT NULL DEFAULT 0,
    available INTEGER NOT NULL DEFAULT 1,
    sample_sentence TEXT NOT NULL
  ) STRICT;

  CREATE VIRTUAL TABLE voice_search USING fts5 (
    name, description, gender, language, style, tokenize = "porter unicode61 remove_diacritics 2"
  );
`;
