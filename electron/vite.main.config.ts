import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

/** Native packages, and one that loads its own files by name: they stay packages beside the bundle. */
const packages = [
  'electron',
  'onnxruntime-node',
  'better-sqlite3',
  'sqlite-vec',
  'uiohook-napi',
  'node-record-lpcm16',
];

/** The main process and the engine's program, bundled for Node. */
export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  publicDir: false,
  ssr: { noExternal: true, external: packages },
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'dist/electron',
    emptyOutDir: true,
    sourcemap: true,
    rollupOptions: {
      input: {
        main: 'electron/main.ts',
        'engine-main': 'engine/process/engine-main.ts',
        'convert-main': 'engine/process/convert-main.ts',
      },
      external: [...packages, ...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
