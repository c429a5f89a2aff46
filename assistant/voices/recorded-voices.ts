import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { SpokenVoice } from '../../contract/engine-contract.ts';
import type { Settings } from '../../contract/settings.ts';
import { UserError } from '../../contract/user-errors.ts';
import { fileError } from '../file-errors.ts';
import { readSoundFile } from '../sound-file.ts';

const PREFIX = 'recording-';
/** Speaks where a recording cannot: with a model that has no voice of its own. */
const LIGHT_VOICE = 'flite-slt';
const SHORTEST_SECONDS = 1;
/** A model listens to so much of a recording. */
const USED_SECONDS = 8;

export interface RecordedVoice {
  readonly id: string;
  readonly name: string;
  /** A WAV file. */
  readonly path: string;
}

/** Voices of people, from WAV files in a folder: models that speak by themselves take them on. */
export class RecordedVoices {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Read from disk each time: files come and go while Sotto runs. */
  list(): RecordedVoice[] {
    let names: string[];
    try {
      names = readdirSync(this.folder).sort();
    } catch {
      return []; // Nobody has put a recording there.
    }
    return names
      .filter((name) => extname(name).toLowerCase() === '.wav')
      .map((file) => {
        const name = basename(file, extname(file));
        return {
          id: `${PREFIX}${name.toLowerCase().replace(/\s+/g, '-')}`,
          name,
          path: join(this.folder, file),
        };
      });
  }

  /** Copies a recording into the folder; returns the voice's id. @throws UserError audio-*, file-not-writable */
  async add(path: string, name = basename(path, extname(path))): Promise<string> {
    const { samples, sampleRate } = await readSoundFile(path);
    const seconds = samples.length / sampleRate;
    if (seconds < SHORTEST_SECONDS) throw new UserError('audio-too-short', { path, seconds });
    const safe = name.replace(/[^\p{L}\p{N} _-]+/gu, ' ').trim() || 'Voice';
    const target = join(this.folder, `${safe}.wav`);
    try {
      mkdirSync(this.folder, { recursive: true });
      copyFileSync(path, target);
    } catch (error) {
      throw fileError(error, target);
    }
    return this.list().find((voice) => voice.path === target)!.id;
  }

  /** What a model that speaks by itself is told of the voice that is set. */
  spoken({ voiceId }: Pick<Settings, 'voiceId'>): SpokenVoice {
    const recorded = this.list().find(({ id }) => id === voiceId);
    return recorded ? { voiceId, recording: recorded.path } : { voiceId: lightVoiceId(voiceId) };
  }

  /** As much of a recording as a model listens to, a second at a time; undefined for other voices. */
  async *preview(
    voiceId: string,
  ): AsyncGenerator<{ samples: Float32Array<ArrayBuffer>; sampleRate: number }> {
    const recorded = this.list().find(({ id }) => id === voiceId);
    if (!recorded) throw new UserError('voice-missing', { voiceId });
    const { samples, sampleRate } = await readSoundFile(recorded.path);
    for (let second = 0; second < USED_SECONDS; second += 1) {
      const piece = samples.slice(second * sampleRate, (second + 1) * sampleRate);
      if (piece.length > 0) yield { samples: piece as Float32Array<ArrayBuffer>, sampleRate };
    }
  }
}

export function isRecordedVoice(voiceId: string): boolean {
  return voiceId.startsWith(PREFIX);
}

/** The light voice for a voice that only models of their own can take on. */
export function lightVoiceId(voiceId: string): string {
  return isRecordedVoice(voiceId) ? LIGHT_VOICE : voiceId;
}
