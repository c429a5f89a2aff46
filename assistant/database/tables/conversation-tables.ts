/**
 * Conversations and everything that was said in them. Times are milliseconds since 1970, structured values JSON,
 * samples 16-bit little-endian mono. `turn_search` holds the words of a turn as `searchableText` makes them.
 */
export const conversationTables = `
  CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX conversations_by_update ON conversations (updated_at DESC);

  CREATE TABLE turns (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    started_at INTEGER NOT NULL,
    source TEXT NOT NULL,
    transcript TEXT NOT NULL DEFAULT '',
    rejected INTEGER NOT NULL DEFAULT 0,
    confidence REAL,
    thinking TEXT NOT NULL DEFAULT '',
    reply TEXT NOT NULL DEFAULT '',
    voice_id TEXT,
    outcome TEXT NOT NULL DEFAULT 'running',
    failure TEXT,
    timings TEXT,
    writer_process INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX turns_by_conversation ON turns (conversation_id, number);
  CREATE INDEX running_turns ON turns (outcome) WHERE outcome = 'running';

  CREATE TABLE turn_tags (
    turn_number INTEGER NOT NULL REFERENCES turns (number) ON DELETE CASCADE,
    name TEXT NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (turn_number, name)
  ) STRICT;

  CREATE TABLE tool_calls (
    number INTEGER PRIMARY KEY,
    turn_number INTEGER NOT NULL REFERENCES turns (number) ON DELETE CASCADE,
    call_id TEXT NOT NULL,
    name TEXT NOT NULL,
    arguments TEXT NOT NULL,
    result TEXT,
    failure TEXT,
    leaves_machine INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX tool_calls_by_turn ON tool_calls (turn_number, call_id);

  CREATE TABLE audio_pieces (
    number INTEGER PRIMARY KEY,
    turn_number INTEGER NOT NULL REFERENCES turns (number) ON DELETE CASCADE,
    side TEXT NOT NULL,
    sample_rate INTEGER NOT NULL,
    samples BLOB NOT NULL
  ) STRICT;
  CREATE INDEX audio_pieces_by_turn ON audio_pieces (turn_number, side);

  CREATE VIRTUAL TABLE turn_search USING fts5 (
    transcript, reply, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
  );
  INSERT INTO turn_search (turn_search, rank) VALUES ('secure-delete', 1);
`;
