import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { modelConverter } from '../../assistant/models/model-converter.ts';
import type { VerificationFinding } from '../../contract/model-conversion.ts';
import { exitCodes } from '../command-runtime.ts';
import { runInterruptibly } from '../interruptible.ts';
import { ProgressLine } from '../progress-line.ts';
import { printRows } from '../table.ts';

/** `sotto models verify`: a package's files, products and graphs, one row for each. */
export function addModelVerification(models: Command): void {
  models
    .command('verify')
    .description('check that a model package is whole and computes what it should')
    .argument('<folder>', 'the package: the folder with model.json')
    .option('--all', 'list every matrix, not only the worst of each kind', false)
    .addOption(new Option('--json', 'print JSON instead of text').default(false))
    .action((folder: string, options: { all: boolean; json: boolean }) => verify(resolve(folder), options));
}

function verify(folder: string, options: { all: boolean; json: boolean }): Promise<void> {
  return runInterruptibly(async (signal) => {
    const findings: VerificationFinding[] = [];
    const line = new ProgressLine();
    let good = false;
    try {
      for await (const event of modelConverter().verify(folder, signal)) {
        if (event.type === 'progress') line.show(event);
        else if (event.type === 'finding') findings.push(event.finding);
        else ({ good } = event);
      }
    } finally {
      line.end();
    }
    const shown = options.all || options.json ? findings : shortened(findings);
    const rows = shown.map((finding) => ({
      ...finding,
      mark: finding.good ? 'ok' : '!!',
      'error ': finding.error === undefined ? '' : finding.error.toExponential(1),
      allowed: finding.tolerance === undefined ? '' : finding.tolerance.toExponential(0),
      note: finding.reason ?? '',
    }));
    const columns = ['mark', 'kind', 'subject', 'error ', 'allowed', 'note'];
    printRows(options.json ? shown : rows, columns, options.json, 'There is nothing to verify.');
    if (!options.json) {
      const bad = findings.filter((finding) => !finding.good).length;
      const verdict = good ? 'The package is whole and computes what it should' : `${bad} are not good`;
      process.stdout.write(`${findings.length} findings. ${verdict}.\n`);
    }
    return good ? exitCodes.ok : exitCodes.failed;
  });
}

/** Of matrices that differ only in their layer, the one with the largest error. */
function shortened(findings: readonly VerificationFinding[]): VerificationFinding[] {
  const kept = new Map<string, VerificationFinding>();
  for (const finding of findings) {
    const kind =
      finding.kind === 'matrix' && finding.good ? finding.subject.replace(/\d+/g, '*') : finding.subject;
    const known = kept.get(kind);
    if (!known || (finding.error ?? 0) > (known.error ?? 0)) kept.set(kind, finding);
  }
  return [...kept.values()];
}
