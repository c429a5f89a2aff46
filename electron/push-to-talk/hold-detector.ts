import type { Accelerator } from './accelerator.ts';

/** A key event as a global keyboard hook reports it. */
export interface KeyEvent {
  readonly type: 'down' | 'up';
  /** Name in accelerator notation, for example "Space"; modifiers are "Control", "Alt", "Shift", "Meta". */
  readonly key: string;
  readonly control: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
}

export type HoldState = 'released' | 'held';
export interface HoldDecision {
  readonly state: HoldState;
  readonly signal: 'press' | 'release' | 'none';
}

/**
 * Push-to-talk as a pure function: the accelerator going down presses; the main key or any of its modifiers going
 * up releases. Auto-repeat (more downs while held) changes nothing; extra modifiers do not match.
 */
export function decideHold(state: HoldState, event: KeyEvent, accelerator: Accelerator): HoldDecision {
  const isMainKey = event.key.toLowerCase() === accelerator.key.toLowerCase();
  if (state === 'released') {
    const matches =
      event.type === 'down' &&
      isMainKey &&
      event.control === accelerator.control &&
      event.alt === accelerator.alt &&
      event.shift === accelerator.shift &&
      event.meta === accelerator.meta;
    return matches ? { state: 'held', signal: 'press' } : { state, signal: 'none' };
  }
  const letsGo = event.type === 'up' && (isMainKey || isModifierOf(event.key, accelerator));
  return letsGo ? { state: 'released', signal: 'release' } : { state, signal: 'none' };
}

function isModifierOf(key: string, accelerator: Accelerator): boolean {
  return (
    (key === 'Control' && accelerator.control) ||
    (key === 'Alt' && accelerator.alt) ||
    (key === 'Shift' && accelerator.shift) ||
    (key === 'Meta' && accelerator.meta)
  );
}
