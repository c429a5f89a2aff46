/** A key with its modifiers, from Electron's accelerator notation ("Control+Alt+Space"). */
export interface Accelerator {
  readonly control: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
  /** The main key as written in the accelerator, for example "Space", "F9", "K". */
  readonly key: string;
}

const modifierNames: Readonly<
  Record<string, (platform: NodeJS.Platform) => 'control' | 'alt' | 'shift' | 'meta'>
> = {
  control: () => 'control',
  ctrl: () => 'control',
  alt: () => 'alt',
  option: () => 'alt',
  altgr: () => 'alt',
  shift: () => 'shift',
  meta: () => 'meta',
  super: () => 'meta',
  command: () => 'meta',
  cmd: () => 'meta',
  commandorcontrol: (platform) => (platform === 'darwin' ? 'meta' : 'control'),
  cmdorctrl: (platform) => (platform === 'darwin' ? 'meta' : 'control'),
};

/** Undefined when the text names no key or an unknown modifier. */
export function parseAccelerator(text: string, platform: NodeJS.Platform): Accelerator | undefined {
  const parts = text.split('+').map((part) => part.trim());
  const key = parts.pop();
  if (!key || modifierNames[key.toLowerCase()]) return undefined;
  const pressed = { control: false, alt: false, shift: false, meta: false };
  for (const part of parts) {
    const modifier = modifierNames[part.toLowerCase()];
    if (!modifier) return undefined;
    pressed[modifier(platform)] = true;
  }
  return { ...pressed, key };
}
