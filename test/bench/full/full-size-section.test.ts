import { expect, test } from 'vitest';
import { keptSection, withSection } from './full-size-section.ts';

const page = '# Benchmarks\n\n| a | b |\n|---|---|\n| 1 | 2 |\n';

test('the section comes to the end of the page, takes the place of an older one, and can be kept', () => {
  const first = withSection(page, '## Full size\n\nold\n');
  expect(first).toContain('old');
  const second = withSection(first, '## Full size\n\nnew\n');
  expect(second.startsWith(page)).toBe(true);
  expect(second).not.toContain('old');
  expect(page + keptSection(second)).toBe(second);
  expect(keptSection(page)).toBe('');
});
