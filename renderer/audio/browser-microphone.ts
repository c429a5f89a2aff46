import { UserError } from '../../contract/user-errors.ts';
import captureProcessorUrl from './capture-processor.ts?worker&url';
import type { Capture, MicrophoneOptions } from './devices.ts';

/** A microphone that is really silent is believed after this long. */
const longestStartMs = 1500;

/**
 * Opens the microphone with echo cancellation. Gain control stays off, so that loudness can be measured;
 * noise suppression is off unless asked for, because it damages the ends of words.
 */
export async function openBrowserMicrophone(options: MicrophoneOptions): Promise<Capture> {
  const stream = await requestStream(options);
  const context = new AudioContext({ latencyHint: 'interactive' });
  try {
    await context.audioWorklet.addModule(captureProcessorUrl);
    await context.resume();
  } catch (error) {
    for (const track of stream.getTracks()) track.stop();
    void context.close();
    throw error;
  }
  const source = context.createMediaStreamSource(stream);
  const processor = new AudioWorkletNode(context, 'sotto-capture', { numberOfOutputs: 0, channelCount: 1 });
  source.connect(processor);
  const listeners = new Set<(samples: Float32Array) => void>();
  processor.port.onmessage = (event: MessageEvent<Float32Array>) => {
    for (const listener of listeners) listener(event.data);
  };
  const track = stream.getAudioTracks()[0];
  await firstSound(listeners);
  return {
    sampleRate: context.sampleRate,
    onBlock(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onLost(listener) {
      track?.addEventListener('ended', listener);
      return () => track?.removeEventListener('ended', listener);
    },
    close() {
      listeners.clear();
      source.disconnect();
      for (const one of stream.getTracks()) one.stop();
      void context.close();
    },
  };
}

async function requestStream({ deviceId, noiseSuppression }: MicrophoneOptions): Promise<MediaStream> {
  const media = navigator.mediaDevices as MediaDevices | undefined;
  if (!media) throw new UserError('microphone-missing');
  const audio: MediaTrackConstraints = {
    channelCount: 1,
    echoCancellation: true,
    noiseSuppression,
    autoGainControl: false,
  };
  try {
    return await media.getUserMedia({
      audio: deviceId ? { ...audio, deviceId: { exact: deviceId } } : audio,
    });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'NotAllowedError' || name === 'SecurityError') {
      throw new UserError('microphone-denied', {}, { cause: error });
    }
    // The chosen device is gone: the system's choice is better than silence.
    if (deviceId && (name === 'OverconstrainedError' || name === 'NotFoundError')) {
      return requestStream({ deviceId: '', noiseSuppression });
    }
    throw new UserError('microphone-missing', {}, { cause: error });
  }
}

/**
 * Until its stream really runs, an open microphone gives zeros, and whoever speaks into them loses the first words.
 * Real microphones give some noise at once.
 */
function firstSound(listeners: Set<(samples: Float32Array) => void>): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      listeners.delete(listen);
      resolve();
    };
    const listen = (samples: Float32Array): void => {
      if (samples.some((sample) => sample !== 0)) done();
    };
    const timer = setTimeout(done, longestStartMs);
    listeners.add(listen);
  });
}
