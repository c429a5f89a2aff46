import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Folders are layers; who may import whom is proved here (ARCHITECTURE.md, "Folders"). */
const layers = {
  contract: [],
  engine: ['contract'],
  assistant: ['contract', 'engine'],
  electron: ['contract', 'assistant'],
  headless: ['contract', 'assistant'],
  evaluation: ['contract', 'engine', 'assistant', 'headless'],
  renderer: ['contract'],
  test: ['contract', 'engine', 'assistant', 'electron', 'headless', 'evaluation', 'renderer'],
};

export default ts.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.training/', '.evaluation/', 'models/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: globals.node },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-undef': 'off',
    },
  },
  { files: ['renderer/**'], languageOptions: { globals: globals.browser } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    files: ['**/*.ts', '**/*.svelte'],
    plugins: { boundaries },
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.js', '.svelte'] } },
      'boundaries/elements': Object.keys(layers).map((type) => ({
        type,
        pattern: `${type}/**`,
        partialMatch: false,
      })),
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: Object.entries(layers).map(([from, to]) => ({
            from: { element: { type: from } },
            allow: [from, ...to].map((type) => ({ to: { element: { type } } })),
          })),
        },
      ],
    },
  },
  {
    files: ['contract/**', 'engine/**', 'assistant/**', 'headless/**', 'evaluation/**', 'renderer/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'electron', message: 'Only electron/ may import electron.' }] },
      ],
    },
  },
  {
    files: ['renderer/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [{ name: 'electron', message: 'Only electron/ may import electron.' }],
          patterns: [{ group: ['node:*'], message: 'The renderer never sees Node.' }],
        },
      ],
    },
  },
);
