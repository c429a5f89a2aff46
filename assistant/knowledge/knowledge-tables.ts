/**
 * What stands in the person's files, by passage. All of it can be made again from the files. `passage_search` holds
 * the words of a passage as `searchableText` makes them.
 */
export const knowledgeTables = `
  CREATE TABLE IF NOT EXISTS files (
    number INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    folder TEXT NOT NULL,
    modified_ms REAL NOT NULL,
    bytes INTEGER NOT NULL,
    title TEXT NOT NULL,
    problem TEXT NOT NULL DEFAULT ''
  ) STRICT;
  CREATE INDEX IF NOT EXISTS files_by_folder ON files (folder);

  CREATE TABLE IF NOT EXISTS passages (
    number INTEGER PRIMARY KEY,
    file_number INTEGER NOT NULL REFERENCES files (number) ON DELETE CASCADE,
    heading TEXT NOT NULL,
    sentences TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS passages_by_file ON passages (file_number);

  CREATE VIRTUAL TABLE IF NOT EXISTS passage_search USING fts5 (
    title, heading, text, content = '', contentless_delete = 1,
    tokenize = "porter unicode61 remove_diacritics 2"
  );
`;
export const knowledgeVersion = 1;
