import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readManifest } from '../../engine/convert/model-package.ts';
import { readEvaluationSet, sampled } from './evaluation-sets.ts';
import { Listener, type Outcome } from './listener.ts';
import { measure } from './measures.ts';
import { report } from './report.ts';

/**
 * `npm run eval:starter`: speaks the test sets, runs the engine on them, prints the figures and writes
 * docs/starter.md. With --sets or --most only a part is run and nothing is written unless --out says where.
 */
const root = resolve(import.meta.dirname, '..', '..');
const { values } = parseArgs({
  options: {
    package: { type: 'string', default: join(root, 'models', 'starter') },
    sets: { type: 'string', default: 'a,b,c,dev,ood,nonspeech' },
    most: { type: 'string', default: '0' },
    out: { type: 'string' },
    /** Also lists what was misheard or misunderstood. */
    errors: { type: 'boolean', default: false },
  },
});
const isWhole = values.sets === 'a,b,c,dev,ood,nonspeech' && values.most === '0';
const out = values.out ?? (isWhole ? join(root, 'docs', 'starter.md') : undefined);

const listener = await Listener.open(values.package);
const results = new Map<string, Outcome[]>();
for (const name of values.sets.split(',')) {
  const outcomes: Outcome[] = [];
  for (const utterance of sampled(readEvaluationSet(name), Number(values.most) || Infinity)) {
    outcomes.push(await listener.listen(utterance));
  }
  results.set(name, outcomes);
  const m = measure(outcomes);
  const share = (value: number): string => (100 * value).toFixed(1).padStart(5);
  process.stdout.write(
    `${name.padEnd(9)} n ${m.utterances}  word error ${share(m.wordError)}  intent ${share(m.intent)}  ` +
      `frame ${share(m.frame)}  acted on ${share(m.actedOn)}  refused ${share(m.rejected)}  ` +
      `gender ${share(m.gender.right)}  ${m.medianMs.toFixed(0)} ms\n`,
  );
  if (values.errors) for (const outcome of outcomes) printMistake(outcome);
}
const text = report(results, {
  version: readManifest(values.package).version,
  date: new Date().toISOString().slice(0, 10),
});
if (out) writeFileSync(out, text);

function printMistake({ utterance, hearing, understanding }: Outcome): void {
  const { best, refusal, acceptance } = understanding;
  const right = best.intent === utterance.intent && hearing.transcript === utterance.text;
  if (right && (refusal === undefined || utterance.intent === 'unknown')) return;
  process.stdout.write(
    `  ${utterance.id} ${utterance.voice}: ${utterance.text} | ${hearing.transcript} | ${utterance.intent} | ` +
      `${best.intent} ${JSON.stringify(best.slots)} | ${refusal ?? ''} ${acceptance.toFixed(1)}\n`,
  );
}
