import type { AudioDevice, AudioDeviceList } from './devices.ts';

/** Names are empty until the microphone was allowed once. */
export async function listBrowserDevices(): Promise<AudioDeviceList> {
  const speakerChoice = 'setSinkId' in AudioContext.prototype;
  const media = navigator.mediaDevices as MediaDevices | undefined;
  if (!media) return { microphones: [], speakers: [], speakerChoice };
  const all = await media.enumerateDevices();
  const ofKind = (kind: MediaDeviceKind): AudioDevice[] =>
    all
      .filter(
        (device) => device.kind === kind && !['', 'default', 'communications'].includes(device.deviceId),
      )
      .map((device) => ({ id: device.deviceId, name: device.label }));
  return { microphones: ofKind('audioinput'), speakers: ofKind('audiooutput'), speakerChoice };
}
