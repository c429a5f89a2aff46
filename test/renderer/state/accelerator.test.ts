import { expect, test } from 'vitest';
import { acceleratorFrom, acceleratorKeys } from '../../../renderer/state/accelerator.ts';

const press = (code: string, modifiers: Partial<KeyboardEvent> = {}) =>
  acceleratorFrom({
    code,
    key: '',
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    metaKey: false,
    ...modifiers,
  });

test('keys and modifiers become an accelerator in a fixed order', () => {
  expect(press('Space', { altKey: true, ctrlKey: true })).toBe('Control+Alt+Space');
  expect(press('KeyK', { metaKey: true, shiftKey: true })).toBe('Shift+Super+K');
});

test('modifiers alone are not a key yet', () => {
  expect(press('ControlLeft', { ctrlKey: true })).toBeUndefined();
});

test('a key that writes needs a modifier; a function key does not', () => {
  expect(press('KeyA')).toBeUndefined();
  expect(press('KeyA', { shiftKey: true })).toBeUndefined();
  expect(press('F9')).toBe('F9');
});

test('an accelerator is shown key by key', () => {
  expect(acceleratorKeys('CommandOrControl+Alt+Space')).toEqual(['Control', 'Alt', 'Space']);
});
