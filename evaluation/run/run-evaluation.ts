import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../contract/engine-contract.ts';
import type { Judge } from '../judge/judge.ts';
import { keptJudge, type KeptMark } from '../judge/kept-judge.ts';
import type { EvaluationSet } from '../items.ts';
import { setResults, type Results, type SetResults } from '../report/results.ts';
import { SoundFiles } from '../sound-files.ts';
import type { Answered, KeptAnswer } from './answer.ts';
import { askSet, logPath } from './ask-set.ts';
import { LineLog } from './line-log.ts';
import type { ModelUnderTest } from './model-under-test.ts';
import { trialOf, type Trial } from './trial.ts';

export interface EvaluationRun {
  readonly engine: Engine;
  readonly model: ModelUnderTest;
  readonly sets: readonly EvaluationSet[];
  /** Where answers and marks are kept. */
  readonly folder: string;
  readonly judge: Judge | undefined;
  readonly audits: boolean;
  /** Questions of each set, spread evenly; 0 = all. */
  readonly limit: number;
  readonly onQuestion: (set: string, wasKnown: boolean) => void;
  /** Told after each set, for a report of what there is so far. */
  readonly onSet: (results: Results) => void;
  readonly now: () => Date;
}

/** Asks and scores one set after the other. What was answered before is not asked again. */
export async function runEvaluation(run: EvaluationRun, signal: AbortSignal): Promise<Results> {
  const sounds = new SoundFiles();
  const marks = new LineLog<KeptMark>(join(run.folder, 'marks.jsonl'));
  const judge = run.judge && keptJudge(run.judge, marks);
  const done: SetResults[] = [];
  try {
    for (const whole of run.sets) {
      const set = { ...whole, items: spreadEvenly(whole.items, run.limit) };
      done.push(await runSet(set, run, judge, sounds, signal));
      run.onSet(resultsOf(run, done));
    }
  } finally {
    marks.close();
    sounds.release();
  }
  return resultsOf(run, done);
}

async function runSet(
  set: EvaluationSet,
  run: EvaluationRun,
  judge: Judge | undefined,
  sounds: SoundFiles,
  signal: AbortSignal,
): Promise<SetResults> {
  const log = new LineLog<KeptAnswer>(logPath(run.folder, set));
  try {
    const { engine, model, audits } = run;
    const onQuestion = (wasKnown: boolean): void => run.onQuestion(set.name, wasKnown);
    const asked = await askSet(set, { engine, model, sounds, log, audits, onQuestion }, signal);
    const trials: Trial[] = [];
    const blind: Trial[] = [];
    for (const { item, sound, silence } of asked.answered satisfies readonly Answered[]) {
      trials.push(await trialOf(item, sound, judge, signal));
      if (silence) blind.push(await trialOf(item, silence, judge, signal));
    }
    return setResults(set, asked.answered, asked.skipped, trials, blind);
  } finally {
    log.close();
  }
}

function resultsOf({ model, judge, limit, sets, now }: EvaluationRun, done: readonly SetResults[]): Results {
  const { id, name, version, licence } = model.description;
  return {
    format: 1,
    made: now().toISOString(),
    machine: machine(),
    load: loadavg()[1] ?? 0,
    cores: cpus().length,
    model: { id, name, version, licence, provider: model.provider, host: model.host },
    judge: judge?.name ?? '',
    limit,
    isWhole: done.length === sets.length,
    sets: done,
  };
}

/** So that a small sample holds something of everything. */
export function spreadEvenly<T>(items: readonly T[], most: number): readonly T[] {
  if (most === 0 || items.length <= most) return items;
  const step = items.length / most;
  return Array.from({ length: most }, (_, index) => items[Math.floor(index * step)]!);
}

function machine(): string {
  const processors = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const kind = processors[0]?.model.trim() ?? 'unknown processor';
  return `${processors.length} x ${kind}, ${memory}, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
}
