/**
 * Recordings of voices. The sound lies in files, named by `hash` (SHA-256 of their bytes). `clip_search` holds the words
 * that `clipWords` makes of a clip, and nothing else; `clip_sounds` the print of its sound with the kind of print. The
 * index for nearest prints is made when it is first needed (assistant/voices/clips/sound-index.ts): it can be rebuilt.
 */
export const clipTables = `
  CREATE TABLE clip_batches (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    added_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE clips (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    transcript TEXT NOT NULL,
    gender TEXT NOT NULL,
    age TEXT NOT NULL,
    style TEXT NOT NULL,
    emotion TEXT NOT NULL,
    language TEXT NOT NULL,
    tags TEXT NOT NULL,
    source TEXT NOT NULL,
    licence TEXT NOT NULL,
    recorded_here INTEGER NOT NULL,
    favourite INTEGER NOT NULL DEFAULT 0,
    seconds REAL NOT NULL,
    pitch_hz REAL,
    syllables_per_second REAL NOT NULL,
    added_at INTEGER NOT NULL,
    batch_id TEXT NOT NULL REFERENCES clip_batches (id) ON DELETE CASCADE,
    deleted_at INTEGER
  ) STRICT;
  CREATE INDEX clips_in_order ON clips (favourite DESC, number DESC) WHERE deleted_at IS NULL;
  CREATE INDEX clips_recorded_here ON clips (number) WHERE recorded_here = 1 AND deleted_at IS NULL;
  CREATE INDEX clips_deleted ON clips (deleted_at) WHERE deleted_at IS NOT NULL;
  CREATE INDEX clips_by_batch ON clips (batch_id);

  CREATE TABLE clip_sounds (
    clip_number INTEGER PRIMARY KEY REFERENCES clips (number) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    print BLOB NOT NULL
  ) STRICT;

  CREATE TABLE clip_cells (
    kind TEXT NOT NULL,
    cell INTEGER NOT NULL,
    centre BLOB NOT NULL,
    PRIMARY KEY (kind, cell)
  ) STRICT;

  CREATE VIRTUAL TABLE clip_search USING fts5 (
    name, about, transcript, content = '', contentless_delete = 1,
    tokenize = "porter unicode61 remove_diacritics 2", prefix = '3'
  );
`;
