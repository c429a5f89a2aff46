export type TalkMode = 'auto' | 'hold' | 'toggle';

/** A press shorter than this is a tap, in milliseconds. */
const tapMs = 350;

/**
 * What letting go of the talk key means. A person who holds is done; one who tapped wants to speak with the hands
 * free. `hold` and `toggle` settle it one way.
 */
export function releaseMeans(mode: TalkMode, heldMs: number): 'finish' | 'go-on' {
  if (mode === 'hold') return 'finish';
  if (mode === 'toggle') return 'go-on';
  return heldMs < tapMs ? 'go-on' : 'finish';
}
