import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssistantDatabase } from '../../assistant/database/assistant-database.ts';
import { History } from '../../assistant/history/history.ts';
import { describeMachine } from './machine.ts';
import { describeMs, percentile } from './percentiles.ts';

const TURNS = Number(process.argv[2] ?? 1_000_000);
const TURNS_OF_CONVERSATION = 20;
const SEARCHES = 60;
const AIM_MS = 50;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
let state = 1;
const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
const words = Array.from({ length: 20_000 }, (_, at) => `w${at.toString(36)}`);
/** Few words are frequent, most are rare. */
const sentence = (length: number) =>
  Array.from({ length }, () => words[Math.floor(random() ** 3 * words.length)]!).join(' ');

const folder = mkdtempSync(join(tmpdir(), 'sotto-history-bench-'));
try {
  const database = new AssistantDatabase(join(folder, 'sotto.db'), Date.now);
  const { connection } = database;
  connection.pragma('synchronous = OFF');
  connection.pragma('secure_delete = OFF');
  const conversation = connection.prepare(
    'INSERT INTO conversations (id, title, started_at, updated_at) VALUES (?, ?, ?, ?)',
  );
  const turn = connection.prepare(
    `INSERT INTO turns (number, id, conversation_id, started_at, source, transcript, reply, outcome, writer_process)
     VALUES (?, ?, ?, ?, 'voice', ?, ?, 'completed', 0)`,
  );
  const tag = connection.prepare('INSERT INTO turn_tags (turn_number, name, tag) VALUES (?, ?, ?)');
  const tagAs = (number: number, name: string, value: string) =>
    tag.run(number, name, JSON.stringify({ name, value, confidence: 0.9, source: 'model' }));
  const search = connection.prepare('INSERT INTO turn_search (rowid, transcript, reply) VALUES (?, ?, ?)');
  const begun = performance.now();
  connection.transaction(() => {
    for (let number = 1; number <= TURNS; number += 1) {
      const at = Math.ceil(number / TURNS_OF_CONVERSATION);
      if ((number - 1) % TURNS_OF_CONVERSATION === 0) conversation.run(`c${at}`, `Talk ${at}`, at, at);
      const [transcript, reply] = [sentence(6), sentence(12)];
      turn.run(number, `t${number}`, `c${at}`, number, transcript, reply);
      search.run(number, transcript, reply);
      tagAs(number, 'gender', number % 3 === 0 ? 'female' : 'male');
      tagAs(number, 'emotion', number % 997 === 0 ? 'sad' : 'unsure');
    }
  })();
  say(`${describeMachine()}; ${TURNS} turns filed in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  const history = new History(database);
  const timed = (work: () => unknown): number => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  const kinds = {
    'a rare word': (at: number) => words[15_000 + at]!,
    'two words': (at: number) => `${words[3000 + at]!} ${words[500 + at]!}`,
    'a frequent word': (at: number) => words[at % 4]!,
    'a beginning': (at: number) => words[8000 + at]!.slice(0, 3),
  };
  for (const [name, query] of Object.entries(kinds)) {
    const times = Array.from({ length: SEARCHES }, (_, at) =>
      timed(() => history.list({ query: query(at), limit: 50 })),
    );
    const isMet = percentile(times, 0.95) < AIM_MS;
    say(
      `history search for ${name}: ${describeMs(times)}, aim p95 below ${AIM_MS} ms: ${isMet ? 'met' : 'not met'}`,
    );
  }
  const [sad, male] = [
    { name: 'emotion', value: 'sad' },
    { name: 'gender', value: 'male' },
  ] as const;
  const byTag = {
    'a rare tag': () => ({ tags: [sad] }),
    'a frequent tag': () => ({ tags: [male] }),
    'two tags': () => ({ tags: [male, sad] }),
    'a frequent word and a rare tag': (at: number) => ({ tags: [sad], query: words[at % 4]! }),
  };
  for (const [name, filter] of Object.entries(byTag)) {
    const times = Array.from({ length: SEARCHES }, (_, at) =>
      timed(() => history.list({ ...filter(at), limit: 50 })),
    );
    const isMet = percentile(times, 0.95) < AIM_MS;
    say(`history by ${name}: ${describeMs(times)}, aim p95 below ${AIM_MS} ms: ${isMet ? 'met' : 'not met'}`);
  }
  say(
    `numbers of all tags: ${describeMs(Array.from({ length: SEARCHES }, () => timed(() => history.tags.counts())))}`,
  );
  const first = Array.from({ length: SEARCHES }, () => timed(() => history.list({ limit: 50 })));
  say(`history, first page: ${describeMs(first)}`);
  database.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
