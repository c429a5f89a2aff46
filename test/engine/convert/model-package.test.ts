import {
  copyFileSync,
  cpSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildPackage } from '../../../engine/convert/build-package.ts';
import { openModelPackage } from '../../../engine/convert/model-package.ts';
import { isPlainRelativePath } from '../../../engine/convert/package-manifest.ts';
import { never, scratchFolder, tinyCheckpoint, tinyFacts } from '../tiny-model.ts';

let folder: string;
let dispose: () => void;
const built = scratchFolder();

beforeAll(async () => {
  cpSync(tinyCheckpoint, built.folder, { recursive: true });
  await buildPackage(built.folder, tinyFacts, never);
  return built.dispose;
});
beforeEach(() => {
  ({ folder, dispose } = scratchFolder());
  cpSync(built.folder, folder, { recursive: true, preserveTimestamps: true });
});
afterEach(() => dispose());

const open = (verifiedFile?: string) => openModelPackage(folder, verifiedFile ? { verifiedFile } : {}, never);

function editManifest(
  edit: (manifest: { files: { path: string }[]; parts: Record<string, string> }) => void,
) {
  const file = join(folder, 'model.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  edit(manifest);
  writeFileSync(file, JSON.stringify(manifest));
}

test('a built package opens and describes itself', async () => {
  const model = await open();
  expect(model.describe()).toMatchObject({ id: 'tiny', family: 'step-audio-2', speaks: 'light-voice' });
  expect(model.describe().bytes).toBeGreaterThan(3_000_000);
  expect(model.manifest.dimensions).toMatchObject({ decoderHidden: 64, vocabulary: 7104, context: 16_384 });
  expect(model.manifest.specialTokens['<audio_start>']).toBe(451);
});

test('building twice gives the same bytes', async () => {
  const before = readFileSync(join(folder, 'model.json'), 'utf8');
  await buildPackage(folder, tinyFacts, never);
  expect(readFileSync(join(folder, 'model.json'), 'utf8')).toBe(before);
});

describe('a package that is not whole', () => {
  const shard = 'model-00001-of-00002.safetensors';

  test('names a missing file', async () => {
    rmSync(join(folder, shard));
    await expect(open()).rejects.toMatchObject({
      code: 'model-missing',
      details: { file: join(folder, shard) },
    });
  });

  test('without model.json is missing', async () => {
    rmSync(join(folder, 'model.json'));
    await expect(open()).rejects.toMatchObject({ code: 'model-missing' });
  });

  test('names a file that was cut short', async () => {
    truncateSync(join(folder, shard), 1000);
    await expect(open()).rejects.toMatchObject({
      code: 'model-damaged',
      details: { file: join(folder, shard) },
    });
  });

  test('names a file in which one byte has changed', async () => {
    const bytes = readFileSync(join(folder, shard));
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(join(folder, shard), bytes);
    await expect(open()).rejects.toMatchObject({
      code: 'model-damaged',
      details: { file: join(folder, shard) },
    });
  });

  test('is refused when a file is a link', async () => {
    const elsewhere = join(built.folder, shard);
    rmSync(join(folder, shard));
    symlinkSync(elsewhere, join(folder, shard));
    await expect(open()).rejects.toMatchObject({ code: 'model-damaged' });
  });

  test('is refused when a file lies behind a linked folder', async () => {
    writeFileSync(join(folder, 'extra.txt'), 'x');
    symlinkSync(folder, join(folder, 'domain'));
    const extra = { path: 'domain/extra.txt', bytes: 1, sha256: '0'.repeat(64) };
    editManifest((manifest) => manifest.files.push(extra));
    await expect(open()).rejects.toMatchObject({ details: { reason: 'behind a link' } });
  });

  test('is refused when its manifest leaves the folder or repeats itself', async () => {
    for (const path of ['../secret', '/etc/passwd', 'a/./b', 'C:x', 'a\\b', '']) {
      editManifest((manifest) => (manifest.files[0]!.path = path));
      await expect(open()).rejects.toMatchObject({ code: 'model-damaged' });
    }
    editManifest((manifest) => (manifest.files[0]!.path = manifest.files[1]!.path));
    await expect(open()).rejects.toMatchObject({ code: 'model-damaged' });
  });

  test('is refused when a part is not among its files', async () => {
    editManifest((manifest) => (manifest.parts.audioEncoder = 'other.onnx'));
    await expect(open()).rejects.toMatchObject({ code: 'model-damaged' });
  });

  test('is refused when a graph takes weights from a file that is not listed', async () => {
    editManifest((manifest) => (manifest.files = manifest.files.filter((file) => file.path !== shard)));
    await expect(open()).rejects.toMatchObject({ code: 'model-damaged' });
  });

  test('of a later format is incompatible, not damaged', async () => {
    writeFileSync(join(folder, 'model.json'), JSON.stringify({ format: 99 }));
    await expect(open()).rejects.toMatchObject({ code: 'model-incompatible' });
  });
});

describe('what was verified', () => {
  test('is not read again until a file changes', async () => {
    const verified = join(folder, 'cache', 'verified.json');
    await open(verified);
    const stored = readFileSync(verified, 'utf8');
    const file = join(folder, 'config.json');
    const before = Object.keys(JSON.parse(stored)).length;
    expect(before).toBeGreaterThan(5);
    await open(verified);
    expect(readFileSync(verified, 'utf8')).toBe(stored);
    writeFileSync(file, readFileSync(file, 'utf8').replace('64', '65'));
    await expect(open(verified)).rejects.toMatchObject({ code: 'model-damaged', details: { file } });
  });

  test('is hashed again when only the time has changed', async () => {
    const verified = join(folder, 'verified.json');
    await open(verified);
    utimesSync(join(folder, 'config.json'), 1, 1);
    await expect(open(verified)).resolves.toBeDefined();
  });

  test('is hashed again when the memory of it is damaged', async () => {
    const verified = join(folder, 'verified.json');
    writeFileSync(verified, '{"');
    await expect(open(verified)).resolves.toBeDefined();
  });

  test('does not keep a package from opening where it cannot be written', async () => {
    copyFileSync(join(folder, 'config.json'), join(folder, 'plain-file'));
    await expect(open(join(folder, 'plain-file', 'verified.json'))).resolves.toBeDefined();
  });
});

test('opening can be given up', async () => {
  const controller = new AbortController();
  controller.abort(new Error('enough'));
  await expect(openModelPackage(folder, {}, controller.signal)).rejects.toThrow('enough');
});

test('plain relative paths are told from others', () => {
  expect(['a', 'a/b.onnx', 'model-1.safetensors'].every(isPlainRelativePath)).toBe(true);
  expect(['', '/a', 'a//b', '..', 'a/..', './a', 'a\\b', 'c:/a', 'a\0b'].some(isPlainRelativePath)).toBe(
    false,
  );
});
