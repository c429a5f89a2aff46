import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { FLACDecoder } from '@wasm-audio-decoders/flac';
import type { MPEGDecoder } from 'mpg123-decoder';
import { UserError } from '../contract/user-errors.ts';
import { channelToHear, readWav, type WavAudio } from '../engine/listen/wav-file.ts';

export interface Sound {
  /** Mono, [-1, 1] */
  readonly samples: Float32Array;
  readonly sampleRate: number;
}

const MOST_BYTES = 200_000_000;

/** Reads WAV, FLAC and MP3 files, one after the other. Decoders are started when they are first needed. */
export class SoundFiles {
  #flac: Promise<FLACDecoder> | undefined;
  #mpeg: Promise<MPEGDecoder> | undefined;

  /** @throws UserError audio-file-* with the path */
  async bytes(path: string): Promise<Uint8Array> {
    let bytes: Uint8Array;
    try {
      bytes = await readFile(path);
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code ?? 'unreadable';
      if (code === 'ENOENT') throw new UserError('audio-file-missing', { path }, { cause });
      throw new UserError('audio-file-unsupported', { path, reason: code }, { cause });
    }
    if (bytes.length === 0) throw new UserError('audio-file-empty', { path });
    if (bytes.length > MOST_BYTES) throw new UserError('audio-too-long', { path, limitSeconds: 300 });
    return bytes;
  }

  /** @throws UserError audio-file-* with the path */
  async decode(bytes: Uint8Array, path: string): Promise<Sound> {
    try {
      const audio = await this.#decode(bytes, path);
      if ((audio.channels[0]?.length ?? 0) === 0) throw new UserError('audio-file-empty');
      return { samples: channelToHear(audio), sampleRate: audio.sampleRate };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      throw new UserError(error.code, { path, ...error.details }, { cause: error });
    }
  }

  release(): void {
    void this.#flac?.then((decoder) => decoder.free());
    void this.#mpeg?.then((decoder) => decoder.free());
    this.#flac = this.#mpeg = undefined;
  }

  /** Told by its first bytes; MP3, which may begin with anything, by its name. */
  async #decode(bytes: Uint8Array, path: string): Promise<WavAudio> {
    const beginning = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
    if (beginning === 'fLaC') return this.#decodeFlac(bytes);
    if (beginning.startsWith('ID3') || extname(path).toLowerCase() === '.mp3') return this.#decodeMpeg(bytes);
    return readWav(bytes);
  }

  async #decodeFlac(bytes: Uint8Array): Promise<WavAudio> {
    this.#flac ??= import('@wasm-audio-decoders/flac').then(async (decoders) => {
      const decoder = new decoders.FLACDecoder();
      await decoder.ready;
      return decoder;
    });
    const decoder = await this.#flac;
    const { channelData, sampleRate, errors } = await decoder.decodeFile(bytes);
    await decoder.reset();
    return checked({ channels: channelData, sampleRate }, errors, 'FLAC');
  }

  async #decodeMpeg(bytes: Uint8Array): Promise<WavAudio> {
    this.#mpeg ??= import('mpg123-decoder').then(async (decoders) => {
      const decoder = new decoders.MPEGDecoder();
      await decoder.ready;
      return decoder;
    });
    const decoder = await this.#mpeg;
    const { channelData, sampleRate } = decoder.decode(bytes);
    await decoder.reset();
    // Players skip over what is no frame, and so does the decoder: only an outcome without any sound is damage.
    return checked({ channels: channelData, sampleRate }, [], 'MP3');
  }
}

function checked(audio: WavAudio, errors: readonly { message: string }[], kind: string): WavAudio {
  const [error] = errors;
  if (error || (audio.channels[0]?.length ?? 0) === 0) {
    throw new UserError('audio-file-unsupported', {
      reason: `${kind}: ${error?.message ?? 'no sound in it'}`,
    });
  }
  return audio;
}
