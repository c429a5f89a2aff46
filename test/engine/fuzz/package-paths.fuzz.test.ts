import fc from 'fast-check';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UserError } from '../../../contract/user-errors.ts';
import { openModelPackage, readManifest } from '../../../engine/convert/model-package.ts';
import { externalLocations } from '../../../engine/onnx/external-locations.ts';
import { GraphWriter } from '../../../engine/onnx/graph-writer.ts';
import { never, tinyPackage } from '../tiny-model.ts';
import { damaged, refusal, seeded, survives } from './damage.ts';

function graphWith(location: string): Uint8Array {
  const graph = new GraphWriter('test');
  const weight = graph.external('weight', 'float32', [2], { location, offset: 0, length: 8 });
  graph.output('y', graph.add('Identity', [weight]), 'float32', [2]);
  return graph.toBytes();
}

test('external data outside the folder is refused', () => {
  const unix = ['/etc/passwd', '../x', 'a/../../x', '..', 'a/..', '//server/x', 'a\0b', ''];
  const windows = [
    'C:/x',
    'C:x',
    'c:\\x',
    '\\x',
    '\\\\server\\share',
    '..\\x',
    'a\\..\\..\\x',
    '\\\\?\\C:\\x',
  ];
  for (const location of [...unix, ...windows])
    expect(
      refusal(() => externalLocations(graphWith(location), 'x')),
      JSON.stringify(location),
    ).toBe('model-damaged');
  expect([...externalLocations(graphWith('weights/model.bin'), 'x')]).toEqual(['weights/model.bin']);
});

test('whatever the location is, nothing comes through that leaves the folder', () => {
  const step = fc.constantFrom('..', '.', '', 'a', 'C:', '~', '%TEMP%', '$HOME', '…', 'b.bin');
  const path = fc
    .array(step, { maxLength: 6 })
    .chain((steps) => fc.constantFrom('/', '\\').map((separator) => steps.join(separator)));
  fc.assert(
    fc.property(path, (location) => {
      survives(() => {
        for (const accepted of externalLocations(graphWith(location), 'x')) {
          const whole = join('/package', accepted);
          expect(whole === '/package' || whole.startsWith('/package/')).toBe(true);
        }
      });
    }),
    seeded(300),
  );
});

test('a damaged graph is read or refused', () => {
  fc.assert(
    fc.property(damaged(graphWith('a.bin')), (bytes) => survives(() => externalLocations(bytes, 'x'))),
    seeded(500),
  );
});

/** A field of a message: its number, and bytes. */
function field(number: number, bytes: readonly number[]): number[] {
  const length: number[] = [];
  let rest = bytes.length;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) length.push((rest & 0x7f) | 0x80);
  return [number * 8 + 2, ...length, rest, ...bytes];
}

test('graphs inside graphs, hundreds deep, are read or refused', () => {
  const [modelGraph, graphNode, nodeAttribute, attributeGraph] = [7, 1, 5, 6];
  let graph: number[] = [];
  for (let depth = 0; depth < 800; depth++)
    graph = field(graphNode, field(nodeAttribute, field(attributeGraph, graph)));
  const bytes = Uint8Array.from(field(modelGraph, graph));
  survives(() => externalLocations(bytes, 'x'));
});

let folder: string;
let dispose: () => void;
beforeAll(async () => {
  const { model, dispose: remove } = await tinyPackage();
  ({ folder } = model);
  dispose = remove;
});
afterAll(() => dispose());

test('a package whose manifest lists a link, or a file behind one, is refused', async () => {
  const outside = join(folder, '..', `outside-${process.pid}`);
  mkdirSync(outside, { recursive: true });
  writeFileSync(join(outside, 'x'), 'x');
  symlinkSync(join(outside, 'x'), join(folder, 'link'));
  symlinkSync(outside, join(folder, 'behind'));
  const manifest = readManifest(folder);
  const sha256 = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881';
  for (const path of ['link', 'behind/x']) {
    const files = [...manifest.files, { path, bytes: 1, sha256 }];
    writeFileSync(join(folder, 'model.json'), JSON.stringify({ ...manifest, files }));
    const opened = openModelPackage(folder, {}, never);
    await expect(opened).rejects.toBeInstanceOf(UserError);
    await expect(openModelPackage(folder, {}, never)).rejects.toMatchObject({ code: 'model-damaged' });
  }
});
