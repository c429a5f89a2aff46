import type { Voice } from '../../contract/app-events.ts';
import type { SpokenVoice } from '../../contract/engine-contract.ts';
import type { Clip } from '../../contract/voices.ts';
import { channelToHear, readWav } from '../../engine/listen/wav-file.ts';
import type { ClipLibrary } from './clips/clip-library.ts';
import { isClipId } from './clips/clip-rows.ts';
import { heardWords } from './clips/clip-words.ts';
import { findClips } from './clips/find-clips.ts';
import { nearestLightVoice, type LightStandIn } from './nearest-light-voice.ts';
import { recordedOn } from './recorded-on.ts';

const DEFAULT_LIGHT_VOICE = 'flite-slt';
const FOUND_BY_WORDS = 5;
const RECORDED_HERE_LOOKED_AT = 500;

/** Recordings in the place of voices: chosen, heard and spoken with like any other. */
export class ClipVoices {
  readonly library: ClipLibrary;
  /** The voice that the person chose by hand, while another one speaks because it was asked for. */
  usualVoiceId: string | undefined;

  constructor(library: ClipLibrary) {
    this.library = library;
  }

  voice(id: string): Voice | undefined {
    const clip = this.library.get(id);
    return clip && voiceOfClip(clip);
  }

  search(query: string): Voice[] {
    const { clips } = findClips(this.library, {
      query,
      favouritesOnly: false,
      offset: 0,
      limit: FOUND_BY_WORDS,
    });
    return clips.map(voiceOfClip);
  }

  /** "the voice I recorded yesterday": the newest of that day. Undefined when no recording of one's own is meant. */
  recorded(query: string, now: number, timeZone: string): { readonly found: Voice | undefined } | undefined {
    const isMeant = recordedOn(query, now, timeZone);
    if (!isMeant) return undefined;
    const rows = this.library.rows(
      'recorded_here = 1 AND deleted_at IS NULL ORDER BY number DESC LIMIT ?',
      RECORDED_HERE_LOOKED_AT,
    );
    const row = rows.find(({ added_at: addedAt }) => isMeant(addedAt));
    return { found: row && this.voice(row.id) };
  }

  /** What a model that speaks by itself is told. */
  spoken(voiceId: string): SpokenVoice {
    const row = this.library.row('id = ? AND deleted_at IS NULL', voiceId);
    return row
      ? { voiceId, recording: this.library.files.pathOf(row.hash) }
      : { voiceId: DEFAULT_LIGHT_VOICE };
  }

  /** What speaks for it where no model can take it on; undefined for voices that are none of these. */
  standIn(voiceId: string): LightStandIn | undefined {
    if (!isClipId(voiceId)) return undefined;
    const clip = this.library.get(voiceId);
    return clip
      ? nearestLightVoice(clip)
      : { voiceId: DEFAULT_LIGHT_VOICE, name: '', pitchSemitones: 0, rateFactor: 1 };
  }

  /** The recording itself, a second at a time. */
  *preview(id: string): Generator<{ samples: Float32Array<ArrayBuffer>; sampleRate: number }> {
    const audio = readWav(this.library.files.read(this.library.require(id).hash));
    const { sampleRate } = audio;
    const samples = channelToHear(audio);
    for (let at = 0; at < samples.length; at += sampleRate)
      yield { samples: samples.slice(at, at + sampleRate) as Float32Array<ArrayBuffer>, sampleRate };
  }
}

function voiceOfClip(clip: Clip): Voice {
  const facts = [clip.age, clip.style, clip.emotion, ...heardWords(clip), clip.language, clip.source];
  return {
    id: clip.id,
    name: clip.name,
    description: [...new Set(facts.filter((fact) => fact !== ''))].join(', '),
    gender: clip.gender === '' ? 'neutral' : clip.gender,
    language: clip.language,
    maker: 'token2wav',
    builtIn: false,
    favourite: clip.favourite,
    ...(clip.matched.length > 0 ? { matched: `matched: ${clip.matched.join(', ')}` } : {}),
  };
}
