import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readSoundFile } from '../../assistant/sound-file.ts';
import { hiddenMarkIn } from '../../assistant/voices/hidden-mark-in.ts';
import { exitCodes, runWithAssistant, sayError } from '../command-runtime.ts';
import { ProgressLine } from '../progress-line.ts';
import { printRows } from '../table.ts';

interface ImportOptions {
  readonly iMayUseThem: boolean;
  readonly source?: string;
  readonly licence?: string;
}

/** `sotto voices find`, `import`, `undo`, `export` and `marked`. */
export function addVoiceLibrary(voices: Command): void {
  voices
    .command('find')
    .description('find recordings by words such as "old man", or by how they sound')
    .argument('[words...]')
    .option('--like <id>', 'sounding like this recording')
    .option('--json', 'print JSON instead of text', false)
    .action((words: string[], { like, json }: { like?: string; json: boolean }) =>
      runWithAssistant({ loadModel: false }, async ({ assistant }, signal) => {
        const search = { query: words.join(' '), ...(like ? { similarTo: like } : {}) };
        const { clips } = await assistant.findClips(search, signal);
        const rows = clips.map((clip) => ({ ...clip, why: clip.matched.join(', ') }));
        printRows(rows, ['id', 'name', 'gender', 'age', 'style', 'why'], json, 'No recording fits.');
        return exitCodes.ok;
      }),
    );
  voices
    .command('import')
    .description('take in a WAV file, a folder, a list (.csv, .tsv, .jsonl) or a voice pack (.zip)')
    .argument('<path>')
    .requiredOption('--i-may-use-them', 'say that you may use these voices')
    .option('--source <text>', 'where they come from')
    .option('--licence <text>', 'what they may be used for')
    .action((path: string, options: ImportOptions) => importVoices(path, options));
  voices
    .command('undo')
    .description('take an import back; without one, list them')
    .argument('[import]')
    .action((batchId: string | undefined) =>
      runWithAssistant({ loadModel: false }, async ({ assistant }, signal) => {
        if (batchId) await assistant.undoImport({ batchId }, signal);
        const batches = await assistant.listImports({}, signal);
        printRows([...batches], ['id', 'clips', 'label'], false, 'Nothing was imported.');
        return exitCodes.ok;
      }),
    );
  voices
    .command('export')
    .description('write all recordings into a voice pack')
    .argument('<file>')
    .action((file: string) =>
      runWithAssistant({ loadModel: false }, async ({ assistant }, signal) => {
        for await (const { path } of assistant.exportClips({ path: resolve(file) }, signal))
          if (path) process.stdout.write(`Written to ${path}.\n`);
        return exitCodes.ok;
      }),
    );
  voices
    .command('marked')
    .description('tell whether a WAV file carries the hidden mark of Sotto')
    .argument('<file>')
    .action((file: string) => tellMark(file));
}

function importVoices(path: string, { source = '', licence = '' }: ImportOptions): Promise<void> {
  return runWithAssistant({ loadModel: false }, async ({ assistant }, signal) => {
    const line = new ProgressLine();
    const request = { path: resolve(path), source, licence, consent: true } as const;
    for await (const progress of assistant.importClips(request, signal)) {
      if (progress.type === 'progress') {
        line.show({ doneBytes: progress.done, totalBytes: progress.total, item: progress.path });
        continue;
      }
      line.end();
      const { added, known, left, problems, batchId } = progress;
      process.stdout.write(`${added} added, ${known} known already, ${left} left out; import ${batchId}.\n`);
      for (const problem of problems) process.stdout.write(`  ${problem.path}: ${problem.code}\n`);
    }
    return exitCodes.ok;
  });
}

async function tellMark(file: string): Promise<void> {
  try {
    const { found, strength } = hiddenMarkIn(await readSoundFile(file));
    process.stdout.write(`${found ? 'Marked' : 'Not marked'} (${strength.toFixed(1)}, certain above 7).\n`);
    process.exitCode = exitCodes.ok;
  } catch (error) {
    sayError(error);
    process.exitCode = exitCodes.failed;
  }
}
