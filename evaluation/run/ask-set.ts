import { join } from 'node:path';
import type { Engine } from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import { describeError } from '../../headless/error-words.ts';
import type { EvaluationSet, Item, SkippedItem } from '../items.ts';
import type { Sound, SoundFiles } from '../sound-files.ts';
import type { Answer, Answered, Given, KeptAnswer } from './answer.ts';
import { askItem } from './ask-item.ts';
import { itemKey } from './item-key.ts';
import type { LineLog } from './line-log.ts';
import type { ModelUnderTest } from './model-under-test.ts';

export interface SetRun {
  readonly engine: Engine;
  readonly model: ModelUnderTest;
  readonly sounds: SoundFiles;
  readonly log: LineLog<KeptAnswer>;
  /** Whether every question is asked without its sound as well. */
  readonly audits: boolean;
  /** Told after each question, asked or known. */
  readonly onQuestion: (wasKnown: boolean) => void;
}

export interface AskedSet {
  readonly answered: readonly Answered[];
  readonly skipped: readonly SkippedItem[];
}

/** So many failures in a row are no bad files: the engine or the other machine is gone. */
const MOST_FAILURES = 5;

/**
 * Asks everything of a set that has no answer yet. What cannot be asked is skipped and named, and asked again the next
 * time.
 */
export async function askSet(set: EvaluationSet, run: SetRun, signal: AbortSignal): Promise<AskedSet> {
  const answered: Answered[] = [];
  const skipped: SkippedItem[] = [];
  let failures = 0;
  for (const item of set.items) {
    signal.throwIfAborted();
    try {
      answered.push(await askBothWays(item, run, signal));
      failures = 0;
    } catch (error) {
      if (signal.aborted || !(error instanceof UserError)) throw error;
      if (!isAboutTheFile(error)) failures += 1;
      if (failures >= MOST_FAILURES) throw error;
      skipped.push({ id: item.id, reason: describeError(error) });
    }
  }
  return { answered, skipped };
}

async function askBothWays(item: Item, run: SetRun, signal: AbortSignal): Promise<Answered> {
  const bytes = await run.sounds.bytes(item.sound);
  let decoded: Promise<Sound> | undefined;
  const sound = (): Promise<Sound> => (decoded ??= run.sounds.decode(bytes, item.sound));
  const ask = async (given: Given): Promise<Answer> => {
    const key = itemKey(run.model.identity, item, bytes, given);
    const known = run.log.get(key);
    if (!known) {
      const said = given === 'sound' ? await sound() : silenceLike(await sound());
      const { wordsReplies } = run.model.description;
      const answer = await askItem(item, said, wordsReplies, run.engine, signal);
      run.log.add({ key, id: item.id, given, ...answer });
    }
    run.onQuestion(known !== undefined);
    return run.log.get(key)!;
  };
  return { item, sound: await ask('sound'), silence: run.audits ? await ask('silence') : undefined };
}

function silenceLike({ samples, sampleRate }: Sound): Sound {
  return { samples: new Float32Array(samples.length), sampleRate };
}

function isAboutTheFile({ code }: UserError): boolean {
  return code.startsWith('audio-') || code === 'turn-too-long';
}

export function logPath(folder: string, set: EvaluationSet): string {
  return join(folder, 'answers', `${fileName(set.name)}.jsonl`);
}

/** A set's name as that of a file, on any system. */
export function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'set';
}
