import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { describeMachine } from './machine.ts';
import { withSection } from './page-section.ts';

/** Measures the libraries at the sizes they must stay fast at, and writes their section of docs/benchmarks.md. */
const folder = import.meta.dirname;
const lines: string[] = [];
for (const program of ['voice-search.ts', 'history-search.ts', 'library-import.ts']) {
  const child = spawn(process.execPath, [join(folder, program)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  for await (const line of createInterface(child.stdout)) {
    process.stdout.write(`${line}\n`);
    lines.push(line.replace(`${describeMachine()}; `, ''));
  }
  if ((await ended) !== 0) throw new Error(`${program} failed`);
}
const page = resolve(folder, '..', '..', 'docs', 'benchmarks.md');
const section = `## Libraries

\`npm run bench:libraries\` writes this section. ${new Date().toISOString().slice(0, 10)}, ${describeMachine()}. Made-up clips and turns; the first
line of each group tells how many.

${lines.map((line) => `- ${line[0]?.toUpperCase() ?? ''}${line.slice(1)}`).join('\n')}
`;
await writeFile(page, withSection(await readFile(page, 'utf8'), 'libraries', section));
