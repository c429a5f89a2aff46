/** The parts of a key press that make an accelerator. */
export type KeyPress = Pick<KeyboardEvent, 'code' | 'key' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>;

const namedKeys: Readonly<Record<string, string>> = {
  Space: 'Space',
  Enter: 'Return',
  Tab: 'Tab',
  Backspace: 'Backspace',
  Delete: 'Delete',
  Insert: 'Insert',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  Semicolon: ';',
  Quote: "'",
  Comma: ',',
  Period: '.',
  Slash: '/',
  Backslash: '\\',
  Backquote: '`',
};

/**
 * A key press in Electron's accelerator notation ("Control+Alt+Space"), or undefined while only modifiers are
 * down or no modifier guards a key that also writes.
 */
export function acceleratorFrom(press: KeyPress): string | undefined {
  const key = keyName(press.code);
  if (!key) return undefined;
  const modifiers = [
    ...(press.ctrlKey ? ['Control'] : []),
    ...(press.altKey ? ['Alt'] : []),
    ...(press.shiftKey ? ['Shift'] : []),
    ...(press.metaKey ? ['Super'] : []),
  ];
  const guarded = modifiers.some((modifier) => modifier !== 'Shift');
  if (!guarded && !/^F\d+$/.test(key)) return undefined;
  return [...modifiers, key].join('+');
}

/** The keys of an accelerator, to be shown one by one. */
export function acceleratorKeys(accelerator: string): string[] {
  return accelerator
    .replace(/CommandOrControl|CmdOrCtrl/i, 'Control')
    .split('+')
    .filter((key) => key !== '');
}

function keyName(code: string): string | undefined {
  if (/^Key[A-Z]$/.test(code)) return code.slice(3);
  if (/^Digit\d$/.test(code)) return code.slice(5);
  if (/^F\d{1,2}$/.test(code)) return code;
  return namedKeys[code];
}
