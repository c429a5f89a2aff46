import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
