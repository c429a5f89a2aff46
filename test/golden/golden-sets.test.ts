import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, test } from 'vitest';
import { scratchFolder } from '../engine/tiny-model.ts';
import { goldenFolder, hasGoldenFolder } from './golden-folder.ts';

const program = fileURLToPath(new URL('./prove/prove.ts', import.meta.url));
const { folder, dispose } = scratchFolder();
afterAll(dispose);

function prove(set: string): { code: number; output: string } {
  try {
    return { code: 0, output: execFileSync(process.execPath, [program, set], { encoding: 'utf8' }) };
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string };
    return { code: status, output: stdout };
  }
}

/** The packed set has what the files in this folder have not. */
function unpackOtherDimensions(set: string): void {
  const here = fileURLToPath(new URL('.', import.meta.url));
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(join(here, 'other-dimensions.zip'))))) {
    mkdirSync(dirname(join(set, name)), { recursive: true });
    writeFileSync(join(set, name), bytes);
  }
  mkdirSync(join(set, 'inputs'), { recursive: true });
  for (const name of readdirSync(here)) {
    const kind = name.endsWith('.wav') ? 'inputs' : /\.(?:npy|json)$/.test(name) ? 'expected' : undefined;
    if (kind && !existsSync(join(set, kind, name))) cpSync(join(here, name), join(set, kind, name));
  }
}

test('a set in which every dimension is another one agrees with its reference', () => {
  const set = join(folder, 'other-dimensions');
  unpackOtherDimensions(set);
  const { code, output } = prove(set);
  expect(output.split('\n').filter((line) => /FAILED|MISSING/.test(line))).toEqual([]);
  expect(output).toMatch(/token2wav_offline_zero_noise .* ok/);
  expect(code).toBe(0);
}, 120_000);

describe.runIf(hasGoldenFolder)('npm run golden', () => {
  test('finds that every array agrees with the reference', () => {
    const { code, output } = prove(goldenFolder);
    expect(output.split('\n').filter((line) => /FAILED|MISSING/.test(line))).toEqual([]);
    expect(code).toBe(0);
  }, 120_000);

  test('fails for an array that is wrong, one that the set lacks, and one that nothing compares', () => {
    const set = join(folder, 'set');
    cpSync(goldenFolder, set, { recursive: true });
    const expected = (name: string) => join(set, 'expected', `${name}.npy`);
    const mel = readFileSync(expected('flow_mel'));
    mel.writeFloatLE(123, mel.length - 4);
    writeFileSync(expected('flow_mel'), mel);
    cpSync(expected('flow_mu'), expected('another_array'));
    rmSync(expected('llm_prefill_hidden'));
    const { code, output } = prove(set);
    expect(code).not.toBe(0);
    expect(output).toMatch(/flow_mel .*FAILED/);
    expect(output).toMatch(/llm_prefill_hidden .*MISSING \(not in the set\)/);
    expect(output).toMatch(/another_array .*MISSING \(not compared\)/);
  }, 120_000);
});
