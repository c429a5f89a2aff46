/**
 * Turns are found by their tags through the value that the tag has now, a person's correction included; `tag_counts`
 * is kept by the triggers, so that counting costs nothing however long the history is. What is unsure is in neither.
 * `tone` is how a reply was fitted to its tags, as JSON.
 */
export const tagTables = `
  ALTER TABLE turn_tags ADD COLUMN value TEXT GENERATED ALWAYS AS (json_extract(tag, '$.value')) VIRTUAL;
  CREATE INDEX turn_tags_by_value ON turn_tags (name, value, turn_number) WHERE value <> 'unsure';

  CREATE TABLE tag_counts (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    turns INTEGER NOT NULL,
    PRIMARY KEY (name, value)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO tag_counts (name, value, turns)
    SELECT name, value, count(*) FROM turn_tags WHERE value <> 'unsure' GROUP BY name, value;

  CREATE TRIGGER tag_counted AFTER INSERT ON turn_tags WHEN NEW.value <> 'unsure' BEGIN
    INSERT INTO tag_counts (name, value, turns) VALUES (NEW.name, NEW.value, 1)
      ON CONFLICT (name, value) DO UPDATE SET turns = turns + 1;
  END;
  CREATE TRIGGER tag_uncounted AFTER DELETE ON turn_tags WHEN OLD.value <> 'unsure' BEGIN
    UPDATE tag_counts SET turns = turns - 1 WHERE name = OLD.name AND value = OLD.value;
  END;
  CREATE TRIGGER tag_changed AFTER UPDATE OF tag ON turn_tags WHEN NEW.value <> OLD.value BEGIN
    UPDATE tag_counts SET turns = turns - 1
      WHERE name = OLD.name AND value = OLD.value AND OLD.value <> 'unsure';
    INSERT INTO tag_counts (name, value, turns) SELECT NEW.name, NEW.value, 1 WHERE NEW.value <> 'unsure'
      ON CONFLICT (name, value) DO UPDATE SET turns = turns + 1;
  END;

  ALTER TABLE turns ADD COLUMN tone TEXT;
`;
