import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** One spoken test sentence with what it means. */
export interface TestUtterance {
  readonly id: string;
  readonly text: string;
  readonly intent: string;
  readonly slots: Readonly<Record<string, string>>;
  readonly voice: string;
  readonly gender: 'female' | 'male' | 'unsure';
  readonly content: 'speech' | 'noise' | 'music' | 'silence';
  readonly pattern?: string;
  readonly file: string;
}

const root = resolve(import.meta.dirname, '..', '..');
const folder = join(root, '.training', 'evaluation');

/** The set's sentences, spoken by Debian's flite and festival the first time they are asked for and when they change. */
export function readEvaluationSet(name: string): TestUtterance[] {
  const list = join(folder, `${name}.jsonl`);
  const wanted = readLines(join(root, 'models', 'starter', 'domain', 'evaluation', `${name}.jsonl`));
  if (!existsSync(list) || !sameTexts(readLines(list), wanted)) speakSet(name);
  return readLines(list).map((utterance) => ({
    ...utterance,
    file: join(folder, name, `${utterance.id}.wav`),
  }));
}

export interface PeopleClip extends TestUtterance {
  /** Of the text by the lexicon, between spaces. */
  readonly phones: string;
}

/**
 * Recorded people out of Debian packages (`corpus.people`), fetched the first time they are asked for: every second
 * announcement for setting thresholds, all the other clips for judging.
 */
export function readPeople(purpose: 'thresholds' | 'judging'): PeopleClip[] {
  const list = join(folder, 'people.jsonl');
  if (!existsSync(list)) runCorpus('corpus.people');
  const isForThresholds = (clip: PeopleClip): boolean =>
    clip.voice === 'announcer' && Number(clip.id.split('-')[1]) % 2 === 0;
  return (readLines(list) as PeopleClip[])
    .filter((clip) => isForThresholds(clip) === (purpose === 'thresholds'))
    .map((clip) => ({ ...clip, file: join(folder, 'people', `${clip.id}.wav`) }));
}

function readLines(file: string): TestUtterance[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as TestUtterance);
}

function sameTexts(spoken: readonly TestUtterance[], wanted: readonly TestUtterance[]): boolean {
  return spoken.length === wanted.length && spoken.every(({ text }, index) => text === wanted[index]?.text);
}

function speakSet(name: string): void {
  runCorpus('corpus.evaluation', '--out', folder, '--sets', name);
}

function runCorpus(...command: string[]): void {
  execFileSync('python3', ['-m', ...command], {
    cwd: join(root, 'models', 'starter', 'training'),
    stdio: 'inherit',
  });
}

/** Every `step`-th utterance, so that a small sample holds all voices and intents. */
export function sampled<T>(utterances: readonly T[], most: number): T[] {
  const step = utterances.length / most;
  if (step <= 1) return [...utterances];
  return Array.from({ length: most }, (_, index) => utterances[Math.floor(index * step)] as T);
}
