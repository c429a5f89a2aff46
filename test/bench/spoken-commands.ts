import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readSoundFile, type MonoSound } from '../../assistant/sound-file.ts';

const sentences = new URL('../../models/starter/domain/evaluation/b.jsonl', import.meta.url);

/** Commands of test set b, evenly taken, said by flite's `awb`, which the model was never trained on. */
export async function spokenCommands(
  count: number,
): Promise<(MonoSound & { readonly text: string; readonly path: string })[]> {
  const lines = (await readFile(sentences, 'utf8')).trim().split('\n');
  const step = Math.max(1, Math.floor(lines.length / count));
  const texts = lines
    .filter((_, index) => index % step === 0)
    .slice(0, count)
    .map((line) => (JSON.parse(line) as { text: string }).text);
  const folder = await mkdtemp(join(tmpdir(), 'sotto-bench-'));
  return Promise.all(
    texts.map(async (text, index) => {
      const path = join(folder, `${index}.wav`);
      await promisify(execFile)('flite', ['-voice', 'awb', '-t', text, '-o', path]);
      return { text, path, ...(await readSoundFile(path)) };
    }),
  );
}
