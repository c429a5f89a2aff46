import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** What Debian's pocketsphinx with its stock English model heard, and how long it took in all. */
export interface PocketsphinxResult {
  readonly transcripts: ReadonlyMap<string, string>;
  readonly seconds: number;
}

/** Runs `pocketsphinx_batch` on 16 kHz WAV files of one folder; undefined where it is not installed. */
export function hearWithPocketsphinx(files: readonly string[]): PocketsphinxResult | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'pocketsphinx-'));
  const list = join(folder, 'files.txt');
  const heard = join(folder, 'heard.txt');
  writeFileSync(list, files.map((file) => basename(file, '.wav')).join('\n'));
  const model = '/usr/share/pocketsphinx/model/en-us';
  const started = performance.now();
  try {
    execFileSync(
      'pocketsphinx_batch',
      [
        ...['-adcin', 'yes', '-adchdr', '44', '-cepdir', dirname(files[0] ?? '.'), '-cepext', '.wav'],
        ...['-ctl', list, '-hyp', heard, '-logfn', join(folder, 'log.txt')],
        ...['-hmm', join(model, 'en-us'), '-lm', join(model, 'en-us.lm.bin')],
        ...['-dict', join(model, 'cmudict-en-us.dict')],
      ],
      { stdio: 'ignore' },
    );
    const lines = readFileSync(heard, 'utf8').trim().split('\n');
    const transcripts = new Map(lines.map((line) => parseLine(line)));
    return { transcripts, seconds: (performance.now() - started) / 1000 };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `words of the sentence (name score)`; pronunciations such as `read(2)` are the word itself. */
function parseLine(line: string): [string, string] {
  const [, said = '', name = ''] = /^(.*)\((\S+) -?[\d.]+\)$/.exec(line) ?? [];
  return [name, said.replace(/\(\d+\)/g, '').trim()];
}
