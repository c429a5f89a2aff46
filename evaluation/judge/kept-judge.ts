import { createHash } from 'node:crypto';
import type { LineLog } from '../run/line-log.ts';
import type { Judge, JudgeQuestion, Mark } from './judge.ts';
import { judgeMessages } from './judge-prompt.ts';

export interface KeptMark {
  readonly key: string;
  /** Null where the judge said nothing that can be read. */
  readonly mark: Mark | null;
}

/** A judge that is asked once about the same thing, also after a restart. */
export function keptJudge(judge: Judge, log: LineLog<KeptMark>): Judge {
  return {
    name: judge.name,
    async mark(question: JudgeQuestion, signal: AbortSignal): Promise<Mark | undefined> {
      const asked = JSON.stringify([judge.name, judgeMessages(question)]);
      const key = createHash('sha256').update(asked).digest('hex').slice(0, 32);
      const known = log.get(key);
      if (known) return known.mark ?? undefined;
      const mark = await judge.mark(question, signal);
      log.add({ key, mark: mark ?? null });
      return mark;
    },
  };
}
