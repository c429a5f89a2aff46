import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssistantDatabase } from '../../assistant/database/assistant-database.ts';
import { ClipFiles } from '../../assistant/voices/clips/clip-files.ts';
import { ClipLibrary, type NewClip } from '../../assistant/voices/clips/clip-library.ts';
import { findClips } from '../../assistant/voices/clips/find-clips.ts';
import { VOICE_PRINT_KIND, VOICE_PRINT_LENGTH } from '../../engine/voice-print/voice-print.ts';
import { describeMachine } from './machine.ts';
import { describeMs, percentile } from './percentiles.ts';

const CLIPS = Number(process.argv[2] ?? 200_000);
const SEARCHES = 200;
const VOICES = 3000;
const TOGETHER = 5000;
const AIM_MS = 30;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Numbers that are the same in every run. */
let state = 1;
const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
const bell = () => random() + random() + random() + random() - 2;

const words = Array.from({ length: 4000 }, (_, at) => `w${at.toString(36)}`);
/** As in a data set: some thousand people, each with many recordings that sound alike. */
const people = Array.from({ length: VOICES }, (_, at) => ({
  name: `Speaker ${at}`,
  gender: pick(['female', 'male'] as const),
  age: pick(['20s', '30s', '40s', '50s', '60s', '70s', '']),
  style: pick(['calm', 'lively', 'rough', 'clear', 'serious', 'warm', '']),
  language: pick(['en', 'zh', 'de', 'fr']),
  print: Float64Array.from({ length: VOICE_PRINT_LENGTH }, () => bell() * 55),
  pitchHz: 80 + random() * 180,
  syllablesPerSecond: 4.5 + random() * 5,
}));

function clip(at: number): NewClip {
  const { print, pitchHz, syllablesPerSecond, name, gender, age, style, language } = pick(people);
  const vector = Int8Array.from(print, (value) => Math.max(-127, Math.min(127, value + bell() * 14)));
  return {
    hash: at.toString(16).padStart(24, '0').padEnd(64, '0'),
    description: {
      name,
      transcript: Array.from({ length: 9 }, () => words[Math.floor(random() ** 3 * words.length)]!).join(' '),
      gender,
      age,
      style,
      emotion: pick(['', 'happy', 'sad', 'angry']),
      language,
      tags: [],
    },
    source: 'bench',
    licence: 'CC0',
    recordedHere: false,
    seconds: 5,
    print: { kind: VOICE_PRINT_KIND, vector, pitchHz, syllablesPerSecond },
  };
}

const queries = [
  'old man',
  'talk like an old sailor',
  'young cheerful woman',
  'deep calm male',
  'a sad chinese lady',
  'w1 w2',
  'Speaker 17',
  'grandmother',
  '年轻的女声',
  'angry rough fast man',
];

const folder = mkdtempSync(join(tmpdir(), 'sotto-voice-bench-'));
try {
  const database = new AssistantDatabase(join(folder, 'sotto.db'), Date.now);
  const library = new ClipLibrary(database, new ClipFiles(join(folder, 'clips')), Date.now);
  database.connection.pragma('synchronous = OFF');
  database.connection.pragma('secure_delete = OFF');
  const batch = library.openBatch('bench');
  const begun = performance.now();
  for (let from = 0; from < CLIPS; from += TOGETHER) {
    const count = Math.min(TOGETHER, CLIPS - from);
    library.add(
      Array.from({ length: count }, (_, at) => clip(from + at)),
      batch,
    );
    library.settle();
  }
  say(`${describeMachine()}; ${CLIPS} clips filed in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  const timed = (work: () => unknown): number => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  const page = { favouritesOnly: false, offset: 0, limit: 50 };
  const some = library.rows('number % ? = 1 LIMIT 200', Math.max(1, Math.floor(CLIPS / SEARCHES)));
  const byWords = Array.from({ length: SEARCHES }, (_, at) =>
    timed(() => findClips(library, { ...page, query: queries[at % queries.length]! })),
  );
  const bySound = some.map(({ id }) =>
    timed(() => findClips(library, { ...page, query: '', similarTo: id })),
  );
  const byBoth = some.map(({ id }) =>
    timed(() => findClips(library, { ...page, query: 'calm man', similarTo: id })),
  );
  const first = Array.from({ length: 50 }, () => timed(() => findClips(library, { ...page, query: '' })));
  for (const [name, times] of [
    ['by words', byWords],
    ['by sound', bySound],
    ['by both', byBoth],
    ['first page', first],
  ] as const)
    say(
      `voice search ${name}: ${describeMs(times)}, aim p95 below ${AIM_MS} ms: ${percentile(times, 0.95) < AIM_MS ? 'met' : 'not met'}`,
    );
  const agreeing = some.slice(0, 40).map(({ number }) => {
    const print = library.sounds.printOf(number)!;
    const exact = database
      .statement<{ clip_number: number; print: Buffer }>(
        'SELECT clip_number, print FROM clip_sounds WHERE clip_number % 4 = 1',
      )
      .all()
      .map((row) => {
        let sum = 0;
        for (let at = 0; at < print.length; at += 1) sum += (print[at]! - row.print.readInt8(at)) ** 2;
        return { number: row.clip_number, sum };
      })
      .sort((a, b) => a.sum - b.sum)
      .slice(0, 5);
    const found = new Set(library.sounds.near(print, 400).map((near) => near.number));
    return exact.filter((near) => found.has(near.number)).length / exact.length;
  });
  say(
    `nearest voices found among the cells: ${((100 * agreeing.reduce((a, b) => a + b, 0)) / agreeing.length).toFixed(1)} %`,
  );
  database.close();
  const opening = Array.from({ length: 10 }, () =>
    timed(() => new AssistantDatabase(join(folder, 'sotto.db'), Date.now).close()),
  );
  const empty = Array.from({ length: 10 }, (_, at) => {
    const path = join(folder, `empty-${at}.db`);
    new AssistantDatabase(path, Date.now).close();
    return timed(() => new AssistantDatabase(path, Date.now).close());
  });
  say(`opening the database: with ${CLIPS} clips ${describeMs(opening)}, empty ${describeMs(empty)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
