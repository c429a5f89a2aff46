import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { modelPrecision } from '../../../contract/model-conversion.ts';
import { convertModel } from '../../../engine/convert/convert-model.ts';
import { openModelPackage } from '../../../engine/convert/model-package.ts';
import { goldenFolder } from '../golden-folder.ts';
import { GoldenReport } from './golden-report.ts';
import { proveListening } from './prove-listening.ts';
import { proveReasoning } from './prove-reasoning.ts';
import { proveSpeaking } from './prove-speaking.ts';
import { proveVoice } from './prove-voice.ts';

/**
 * `node test/golden/prove/prove.ts [folder] [precision]`: converts the checkpoint of a golden set and prints how every
 * stage compares with the set's arrays. Fails when one disagrees or was not compared. The tolerances are those of
 * float32; at another precision the table shows what it costs.
 */
const signal = new AbortController().signal;
const report = new GoldenReport(resolve(process.argv[2] ?? goldenFolder));
const scratch = mkdtempSync(join(tmpdir(), 'sotto-golden-'));
const packageFolder = join(scratch, 'package');
try {
  await report.part('convert', 'conversion', async () => {
    const request = {
      checkpointFolder: join(report.folder, 'model'),
      outputFolder: packageFolder,
      precision: modelPrecision.parse(process.argv[3] ?? 'float32'),
    };
    for await (const event of convertModel(request, {}, signal)) {
      if (event.type === 'done') report.same('convert', 'conversion', event.packageFolder, packageFolder);
    }
    const model = await openModelPackage(packageFolder, {}, signal);
    const session = { provider: 'cpu', threads: 1 } as const;
    await report.part('listen', 'listening', () => proveListening(report, model, session));
    await report.part('reason', 'reasoning', () => proveReasoning(report, model, session, signal));
    await report.part('voice', 'voice', () => proveVoice(report, model, session, signal));
    await report.part('speak', 'speaking', () => proveSpeaking(report, model, session, signal));
  });
  process.exitCode = report.print() ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
