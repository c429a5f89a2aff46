import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const project = new URL('../', import.meta.url);

/** Where things lie when Sotto runs from its project folder. */
export const projectPaths = {
  project: fileURLToPath(project),
  models: fileURLToPath(new URL('models/', project)),
  resources: fileURLToPath(new URL('resources/', project)),
  renderer: fileURLToPath(new URL('dist/renderer/', project)),
} as const;

export const version: string = (
  JSON.parse(readFileSync(new URL('package.json', project), 'utf8')) as { version: string }
).version;
