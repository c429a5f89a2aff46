import type { Engine, SpeakRequest } from '../../contract/engine-contract.ts';
import type { Settings } from '../../contract/settings.ts';
import type { ReplyTone } from '../../contract/tags.ts';
import { fittedRate, fittedVolume } from '../tags/fit-tone.ts';
import { lightVoiceId } from '../voices/recorded-voices.ts';
import { splitIntoSentences } from './sentences.ts';
import type { LiveTurn } from './live-turn.ts';
import type { PlaybackClock } from './playback-clock.ts';

/** How a reply sounds, as the person has set it now, fitted to how they sound. */
export function speakRequest(text: string, settings: Settings, tone?: ReplyTone): SpeakRequest {
  const { voiceId, speakingRate, pitchSemitones, volume } = settings;
  return {
    text,
    voiceId: lightVoiceId(voiceId),
    speakingRate: fittedRate(speakingRate, tone),
    pitchSemitones,
    volume: volume * fittedVolume(tone),
  };
}

export interface SpeechOutputOptions {
  readonly engine: Engine;
  readonly turn: LiveTurn;
  readonly settings: () => Settings;
  readonly clock: PlaybackClock;
  /** Called when sound begins after silence or work. */
  readonly onSpeaking: () => void;
  /** Told what an interruption left unheard, and the whole of what was to be said. */
  readonly onCutOff: (unheard: string, whole: string) => void;
}

/** Says things within one turn: text is shown as it is spoken, sentence by sentence, each with the settings of its moment. */
export class SpeechOutput {
  private readonly options: SpeechOutputOptions;
  private readonly handedOut: { readonly sentence: string; readonly heardAt: number }[] = [];

  constructor(options: SpeechOutputOptions) {
    this.options = options;
  }

  async say(text: string, signal: AbortSignal): Promise<void> {
    const sentences = splitIntoSentences(text);
    if (sentences.length > 0 && this.options.turn.reply) sentences[0] = ` ${sentences[0]}`;
    for (const [index, sentence] of sentences.entries()) {
      try {
        await this.saySentence(sentence, signal);
        this.handedOut.push({ sentence, heardAt: this.options.clock.heardAt });
      } catch (error) {
        const rest = sentences.slice(index + 1).join('');
        // The answer is there even when the voice is not: show the rest of it.
        if (!signal.aborted) this.options.turn.textDelta(rest);
        else this.cutOff(sentences.slice(index).join(''));
        throw error;
      }
    }
  }

  /** One sentence: its words appear with the sound that says them. */
  async saySentence(sentence: string, signal: AbortSignal): Promise<void> {
    const { engine, turn, settings, clock } = this.options;
    let unshown = sentence;
    try {
      await clock.room(signal);
      for await (const piece of engine.speak(speakRequest(sentence.trim(), settings(), turn.tone), signal)) {
        signal.throwIfAborted();
        await clock.room(signal);
        this.options.onSpeaking();
        const shown = upTo(unshown, piece.text);
        unshown = unshown.slice(shown.length);
        turn.textDelta(shown);
        this.handOut(piece.samples, piece.sampleRate);
      }
      signal.throwIfAborted();
    } finally {
      if (!signal.aborted) turn.textDelta(unshown);
    }
  }

  /** Sound that the model made itself, with the words that it says. */
  async playModelAudio(
    samples: Float32Array,
    sampleRate: number,
    text: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, settings, turn } = this.options;
    await clock.room(signal);
    this.options.onSpeaking();
    turn.textDelta(text);
    const volume = settings().volume * fittedVolume(turn.tone);
    this.handOut(
      samples.map((sample) => sample * volume),
      sampleRate,
    );
    if (text) this.handedOut.push({ sentence: text, heardAt: clock.heardAt });
  }

  /** Resolves when everything said has been heard. */
  async finish(signal: AbortSignal): Promise<void> {
    try {
      await this.options.clock.silence(signal);
    } catch (error) {
      this.cutOff('');
      throw error;
    }
  }

  private cutOff(unsaid: string): void {
    const { clock, onCutOff } = this.options;
    const unheard = this.handedOut.filter((piece) => clock.isAhead(piece.heardAt));
    const join = (pieces: readonly { readonly sentence: string }[]) =>
      pieces.map((piece) => piece.sentence).join('');
    onCutOff(join(unheard) + unsaid, join(this.handedOut) + unsaid);
  }

  private handOut(samples: Float32Array, sampleRate: number): void {
    this.options.turn.audioDelta(samples, sampleRate);
    this.options.clock.handedOut(samples.length, sampleRate);
  }
}

/** The beginning of `text` up to and with `piece`, and the space after it; nothing when it does not occur. */
function upTo(text: string, piece: string): string {
  const wanted = piece.trim();
  const at = wanted ? text.indexOf(wanted) : -1;
  if (at < 0) return '';
  const end = at + wanted.length;
  return text.slice(0, end + (/^\s+/.exec(text.slice(end))?.[0].length ?? 0));
}
