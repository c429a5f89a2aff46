import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { tinyPackage } from '../tiny-model.ts';
import { SOFTWARE_CARD } from './software-card.ts';

const TOLERANCE = 1e-3;
const script = fileURLToPath(new URL('./decode-on-device.ts', import.meta.url));

function logitsOn(provider: 'cpu' | 'webgpu', folder: string): Record<string, number[]> {
  const output = execFileSync(process.execPath, [script, folder, provider], {
    env: { ...process.env, VK_ICD_FILENAMES: SOFTWARE_CARD },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(output) as Record<string, number[]>;
}

test.runIf(existsSync(SOFTWARE_CARD))(
  'keys and values that stay on the card give what those in the processor’s memory give',
  async () => {
    const { model, dispose } = await tinyPackage();
    try {
      const [right, found] = [logitsOn('cpu', model.folder), logitsOn('webgpu', model.folder)];
      for (const [name, logits] of Object.entries(right)) {
        const apart = logits.map((value, index) => Math.abs(value - found[name]![index]!));
        expect(Math.max(...apart), name).toBeLessThan(TOLERANCE);
      }
    } finally {
      dispose();
    }
  },
  180_000,
);
