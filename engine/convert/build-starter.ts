import { resolve } from 'node:path';
import { buildPackage } from './build-package.ts';

/** `node engine/convert/build-starter.ts [folder]`: after training, makes models/starter a package again. */
const manifest = await buildPackage(
  resolve(process.argv[2] ?? 'models/starter'),
  {
    id: 'starter',
    name: 'Sotto Starter',
    description:
      'Small English command model of our own, trained on synthetic speech. Understands desktop commands.',
    version: '1.0.0',
    licence: 'Apache-2.0',
    languages: ['en'],
    speaks: 'light-voice',
    wordsReplies: false,
  },
  new AbortController().signal,
);
const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
process.stdout.write(`${manifest.id}: ${manifest.files.length} files, ${(bytes / 1e6).toFixed(1)} MB\n`);
