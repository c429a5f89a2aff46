import chimeUrl from '../../resources/sounds/chime.wav?url';
import heardUrl from '../../resources/sounds/heard.wav?url';
import listenUrl from '../../resources/sounds/listen.wav?url';
import type { Cue } from './devices.ts';

const urls: Readonly<Record<Cue, string>> = { listen: listenUrl, heard: heardUrl, chime: chimeUrl };

type SinkElement = HTMLAudioElement & { setSinkId?: (id: string) => Promise<void> };

/** A cue that cannot be played (no permission yet, no such speaker) is left out: it only accompanies what is shown. */
export function playBrowserCue(cue: Cue, speakerId: string): void {
  const element: SinkElement = new Audio(urls[cue]);
  const ready = speakerId && element.setSinkId ? element.setSinkId(speakerId) : Promise.resolve();
  ready
    .catch(() => undefined)
    .then(() => element.play())
    .catch(() => undefined);
}
