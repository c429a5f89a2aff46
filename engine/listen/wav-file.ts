import { UserError } from '../../contract/user-errors.ts';
import { sampleDecoder } from './wav-sample-format.ts';

export interface WavAudio {
  /** Hz */
  readonly sampleRate: number;
  /** One array per channel, samples in [-1, 1]. */
  readonly channels: readonly Float32Array[];
}

interface WavFormat {
  readonly tag: number;
  readonly channelCount: number;
  readonly sampleRate: number;
  readonly bitsPerSample: number;
}

const extensibleTag = 0xfffe;
/** Recorders that write to a pipe leave a size near 2 or 4 GiB, because they cannot go back to correct it. */
const smallestPlaceholderSize = 0x7fff_0000;

/** Reads RIFF/WAVE: PCM of 8 to 32 bits, float, A-law and mu-law, any rate, any number of channels. */
export function readWav(bytes: Uint8Array): WavAudio {
  if (bytes.byteLength === 0) throw new UserError('audio-file-empty');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { format, data } = findChunks(view);
  const decoder = sampleDecoder(format.tag, format.bitsPerSample);
  const frameBytes = decoder.bytes * format.channelCount;
  const frames = Math.floor(data.byteLength / frameBytes);
  if (frames === 0) throw new UserError('audio-file-empty');
  const channels = Array.from({ length: format.channelCount }, (_, channel) => {
    const samples = new Float32Array(frames);
    for (let frame = 0; frame < frames; frame += 1) {
      samples[frame] = decoder.read(data, frame * frameBytes + channel * decoder.bytes);
    }
    return samples;
  });
  return { sampleRate: format.sampleRate, channels };
}

/** Writes mono 16-bit PCM; samples outside [-1, 1] are clipped. */
export function writeWav(samples: Float32Array, sampleRate: number): Uint8Array {
  const bytes = new Uint8Array(44 + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const name = (offset: number, text: string) => bytes.set(new TextEncoder().encode(text), offset);
  name(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  name(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  name(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  for (let i = 0; i < samples.length; i += 1) {
    const scaled = Math.round(samples[i]! * 32768);
    view.setInt16(44 + i * 2, Math.max(-32768, Math.min(32767, scaled)), true);
  }
  return bytes;
}

/** The channel that is listened to: the first (spec section 6), unless it is dead and another is not. */
export function channelToHear(audio: WavAudio): Float32Array {
  const alive = audio.channels.find((samples) => samples.some((sample) => sample !== 0));
  return alive ?? audio.channels[0]!;
}

function findChunks(view: DataView): { format: WavFormat; data: DataView } {
  const length = view.byteLength;
  const container = chunkName(view, 0);
  if (container === 'RIFX') throw new UserError('audio-file-unsupported', { reason: 'big-endian' });
  if ((container !== 'RIFF' && container !== 'RF64') || (length >= 12 && chunkName(view, 8) !== 'WAVE')) {
    throw new UserError('audio-file-not-wav');
  }
  const headerUnfinished = length >= 8 && view.getUint32(4, true) === 0;
  let format: WavFormat | undefined;
  let offset = 12;
  while (offset + 8 <= length) {
    const name = chunkName(view, offset);
    const declaredBytes = view.getUint32(offset + 4, true);
    const start = offset + 8;
    const foundBytes = length - start;
    if (name === 'fmt ') {
      if (declaredBytes < 16) throw new UserError('audio-file-not-wav');
      if (foundBytes < declaredBytes) break;
      format = readFormat(view, start, declaredBytes);
    } else if (name === 'data' && format) {
      const open = declaredBytes >= smallestPlaceholderSize || (declaredBytes === 0 && headerUnfinished);
      if (!open && declaredBytes > foundBytes) {
        throw new UserError('audio-file-truncated', { declaredBytes, foundBytes });
      }
      const dataBytes = open ? foundBytes : declaredBytes;
      return { format, data: new DataView(view.buffer, view.byteOffset + start, dataBytes) };
    }
    offset = start + declaredBytes + (declaredBytes % 2);
  }
  throw new UserError('audio-file-truncated', { foundBytes: length });
}

function readFormat(view: DataView, start: number, bytes: number): WavFormat {
  const declaredTag = view.getUint16(start, true);
  // An extensible header keeps the real format in the first two bytes of its sub-format id.
  const tag = declaredTag === extensibleTag && bytes >= 26 ? view.getUint16(start + 24, true) : declaredTag;
  const channelCount = view.getUint16(start + 2, true);
  const sampleRate = view.getUint32(start + 4, true);
  if (channelCount === 0 || channelCount > 64) {
    throw new UserError('audio-file-unsupported', { reason: 'channels', channelCount });
  }
  if (sampleRate < 1000 || sampleRate > 768_000) {
    throw new UserError('audio-file-unsupported', { reason: 'sample-rate', sampleRate });
  }
  return { tag, channelCount, sampleRate, bitsPerSample: view.getUint16(start + 14, true) };
}

function chunkName(view: DataView, offset: number): string {
  let name = '';
  for (let i = offset; i < Math.min(offset + 4, view.byteLength); i += 1) {
    name += String.fromCharCode(view.getUint8(i));
  }
  return name;
}
