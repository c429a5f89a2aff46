import { acceleratorFrom } from '../state/accelerator.ts';
import type { Sotto } from '../state/sotto.svelte.ts';

/**
 * The talk key while this page is in front. The desktop shell has a global key that does the same; here it is for
 * browsers, and for desktops where no global key is to be had. Escape stops whatever is going on.
 */
export function pageHotkey(sotto: Sotto, event: KeyboardEvent, direction: 'down' | 'up'): void {
  if (event.defaultPrevented) return;
  if (direction === 'down' && event.key === 'Escape' && sotto.live.stoppable) {
    sotto.stop();
    return;
  }
  if (sotto.live.app?.hotkey.mode !== 'none') return;
  const { hotkey } = sotto.settings.current;
  if (direction === 'down') {
    if (acceleratorFrom(event) !== normalised(hotkey)) return;
    event.preventDefault();
    if (!event.repeat) sotto.pushToTalk.press();
  } else if (
    event.code &&
    acceleratorFrom({ ...modifiersDown, code: event.code, key: event.key })?.endsWith(lastKey(hotkey))
  ) {
    sotto.pushToTalk.release();
  }
}

const modifiersDown = { ctrlKey: true, altKey: false, shiftKey: false, metaKey: false } as const;

function lastKey(hotkey: string): string {
  return `+${hotkey.split('+').at(-1) ?? ''}`;
}

function normalised(hotkey: string): string {
  return hotkey.replace(/CommandOrControl|CmdOrCtrl|Ctrl/i, 'Control');
}
