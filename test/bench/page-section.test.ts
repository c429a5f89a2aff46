import { expect, test } from 'vitest';
import { keptSection, withSection } from './page-section.ts';

const page = '# Benchmarks\n\n| a | b |\n|---|---|\n| 1 | 2 |\n';

test('a section comes to the end of the page, takes the place of an older one, and can be kept', () => {
  const first = withSection(page, 'full size', '## Full size\n\nold\n');
  expect(first).toContain('old');
  const second = withSection(first, 'full size', '## Full size\n\nnew\n');
  expect(second.startsWith(page)).toBe(true);
  expect(second).not.toContain('old');
  expect(page + keptSection(second, 'full size')).toBe(second);
  expect(keptSection(page, 'full size')).toBe('');
});

test('sections leave each other alone', () => {
  const both = withSection(withSection(page, 'full size', 'large\n'), 'libraries', 'many\n');
  const renewed = withSection(both, 'full size', 'larger\n');
  expect(renewed).toContain('larger');
  expect(renewed).toContain('many');
  expect(keptSection(renewed, 'libraries')).toBe(keptSection(both, 'libraries'));
  expect(page + keptSection(renewed, 'full size') + keptSection(renewed, 'libraries')).toBe(renewed);
});
