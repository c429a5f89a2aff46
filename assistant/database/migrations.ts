import type { Database } from 'better-sqlite3';
import { clipTables } from './tables/clip-tables.ts';
import { conversationTables } from './tables/conversation-tables.ts';
import { tagTables } from './tables/tag-tables.ts';
import { voiceTables } from './tables/voice-tables.ts';

/** Each step runs once, in order; a step that was released is never changed, only followed by another. */
const steps: readonly string[] = [conversationTables, voiceTables, clipTables, tagTables];

/** Brings a database to the newest form, whole or not at all. `user_version` counts the steps it has had. */
export function migrate(database: Database): void {
  const update = database.transaction(() => {
    const done = database.pragma('user_version', { simple: true }) as number;
    for (const step of steps.slice(done)) database.exec(step);
    if (done < steps.length) database.pragma(`user_version = ${steps.length}`);
  });
  const done = database.pragma('user_version', { simple: true }) as number;
  if (done < steps.length) update.immediate();
}
