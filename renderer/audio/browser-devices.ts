import type { AudioDevices } from './devices.ts';
import { listBrowserDevices } from './browser-device-list.ts';
import { playBrowserCue } from './browser-cues.ts';
import { openBrowserMicrophone } from './browser-microphone.ts';
import { openBrowserSpeaker } from './browser-speaker.ts';

export function createBrowserDevices(): AudioDevices {
  return {
    openMicrophone: openBrowserMicrophone,
    openSpeaker: openBrowserSpeaker,
    playCue: playBrowserCue,
    list: listBrowserDevices,
    onListChange(listener) {
      const media = navigator.mediaDevices as MediaDevices | undefined;
      media?.addEventListener('devicechange', listener);
      return () => media?.removeEventListener('devicechange', listener);
    },
  };
}
