import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import App from '../../../renderer/app.svelte';
import { viewNames } from '../../../renderer/state/navigation.svelte.ts';
import { en } from '../../../renderer/words/en.ts';
import { openSotto, settle, type OpenedSotto } from '../opened-sotto.ts';
import { setupPage } from '../setup-page.ts';

let opened: OpenedSotto;

beforeAll(setupPage);
beforeEach(async () => {
  opened = await openSotto();
});
afterEach(cleanup);

const controlRoles = [
  'button',
  'textbox',
  'searchbox',
  'combobox',
  'slider',
  'switch',
  'radio',
  'link',
] as const;

describe.each(viewNames)('the %s view', (view) => {
  beforeEach(async () => {
    opened.sotto.navigation.go(view);
    render(App, { sotto: opened.sotto });
    await settle();
  });

  test('names every control', () => {
    for (const role of controlRoles) {
      expect(screen.queryAllByRole(role, { name: '' }), role).toEqual([]);
    }
  });

  test('marks its place in the navigation', () => {
    const current = screen.getByRole('button', { name: en.navigation[view], current: 'page' });
    expect(current).toBeTruthy();
  });

  test('has one main region and no jumps in the tab order', () => {
    expect(screen.getAllByRole('main')).toHaveLength(1);
    expect(document.querySelectorAll('[tabindex]:not([tabindex="0"], [tabindex="-1"])')).toHaveLength(0);
  });

  test('repeats no id, and every reference to an id leads somewhere', () => {
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const attribute of ['aria-labelledby', 'aria-describedby']) {
      for (const element of document.querySelectorAll(`[${attribute}]`)) {
        for (const id of element.getAttribute(attribute)?.split(' ') ?? [])
          expect(ids, attribute).toContain(id);
      }
    }
  });

  test('carries no style attribute that the content security policy would refuse', () => {
    for (const element of document.querySelectorAll('[style]')) {
      expect(['CANVAS', 'SPAN']).toContain(element.tagName);
    }
  });
});

test('the tab order goes from the navigation over the conversation to the talk button', async () => {
  render(App, { sotto: opened.sotto });
  await settle();
  const order = [
    ...document.querySelectorAll<HTMLElement>('a[href], button:not(:disabled), [tabindex="0"]'),
  ].map((element) => element.getAttribute('aria-label') ?? element.textContent?.trim());
  const at = (name: string): number => order.indexOf(name);
  expect(at(en.skipToContent)).toBe(0);
  expect(at(en.navigation.talk)).toBeLessThan(at(en.talk.conversation));
  expect(at(en.talk.conversation)).toBeLessThan(at(en.talk.buttonHold));
  expect(at(en.talk.buttonHold)).toBeLessThan(at(en.talk.type));
});

test('the page speaks the chosen language and wears the chosen colours', async () => {
  render(App, { sotto: opened.sotto });
  await opened.sotto.settings.change({ language: 'zh-CN', theme: 'dark' });
  await settle();
  expect(document.documentElement.lang).toBe('zh-CN');
  expect(document.documentElement.dataset['theme']).toBe('dark');
  expect(screen.getByRole('button', { name: '按住说话' })).toBeTruthy();
});
