import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildPackage } from '../../../engine/convert/build-package.ts';
import { openModelPackage } from '../../../engine/convert/model-package.ts';
import { goldenFolder } from '../golden-folder.ts';
import { GoldenReport } from './golden-report.ts';
import { proveListening } from './prove-listening.ts';
import { proveReasoning } from './prove-reasoning.ts';
import { proveSpeaking } from './prove-speaking.ts';
import { proveVoice } from './prove-voice.ts';

/**
 * `node test/golden/prove/prove.ts [folder]`: converts the checkpoint of a golden set and prints how every stage
 * compares with the set's arrays. Fails when one disagrees or was not compared.
 */
const signal = new AbortController().signal;
const report = new GoldenReport(resolve(process.argv[2] ?? goldenFolder));
const scratch = mkdtempSync(join(tmpdir(), 'sotto-golden-'));
try {
  cpSync(join(report.folder, 'model'), scratch, { recursive: true });
  await buildPackage(
    scratch,
    {
      id: 'golden',
      name: 'Golden set',
      description: 'Random weights with known results.',
      version: '1',
      licence: 'Apache-2.0',
      languages: ['en'],
      speaks: 'token2wav',
      wordsReplies: true,
    },
    signal,
  );
  const model = await openModelPackage(scratch, {}, signal);
  const session = { provider: 'cpu', threads: 1 } as const;
  await report.part('listen', 'listening', () => proveListening(report, model, session));
  await report.part('reason', 'reasoning', () => proveReasoning(report, model, session, signal));
  await report.part('voice', 'voice', () => proveVoice(report, model, session, signal));
  await report.part('speak', 'speaking', () => proveSpeaking(report, model, session, signal));
  process.exitCode = report.print() ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
