import type {
  Engine,
  LoadRequest,
  ReplyEvent,
  ReplyRequest,
  SpeakRequest,
  SpokenAudio,
} from '../../contract/engine-contract.ts';
import type { Settings } from '../../contract/settings.ts';
import { VoiceMark } from '../../engine/speak/voice-mark.ts';
import type { ClipVoices } from './clip-voices.ts';
import { isClipId } from './clips/clip-rows.ts';

const SLOWEST = 0.5;
const FASTEST = 2;

/**
 * The engine with the recordings of the voice library as further voices: a model that speaks by itself is given the
 * recording, the light voice its nearest one. Whatever is spoken gets the person's mark, where one is set.
 */
export function voicedEngine(engine: Engine, voices: ClipVoices, settings: () => Settings): Engine {
  const marks = new Map<number, VoiceMark>();
  const marked = (samples: Float32Array, sampleRate: number, isFirst: boolean): Float32Array => {
    const { voiceMark } = settings();
    if (voiceMark === 'off') return samples;
    let mark = marks.get(sampleRate);
    if (!mark) marks.set(sampleRate, (mark = new VoiceMark(sampleRate)));
    if (voiceMark === 'hidden') return mark.hide(samples);
    return isFirst ? mark.announce(samples) : samples;
  };
  return {
    load: (request, signal) => engine.load(withRecording(request, voices), signal),
    unload: (signal) => engine.unload(signal),
    probeProviders: (signal) => engine.probeProviders(signal),
    openUtterance: (request, signal) => engine.openUtterance(request, signal),
    pushAudio: (request, signal) => engine.pushAudio(request, signal),
    closeUtterance: (request, signal) => engine.closeUtterance(request, signal),
    releaseUtterance: (request, signal) => engine.releaseUtterance(request, signal),
    lightVoices: (signal) => engine.lightVoices(signal),
    memoryBytes: (signal) => engine.memoryBytes(signal),
    dispose: () => engine.dispose(),
    async *reply(request: ReplyRequest, signal: AbortSignal): AsyncGenerator<ReplyEvent> {
      let isFirst = true;
      for await (const event of engine.reply({ ...request, ...spokenAs(request.voiceId, voices) }, signal)) {
        if (event.type !== 'audio-delta') {
          yield event;
          continue;
        }
        yield { ...event, samples: marked(event.samples, event.sampleRate, isFirst) };
        isFirst = false;
      }
    },
    async *speak(request: SpeakRequest, signal: AbortSignal): AsyncGenerator<SpokenAudio> {
      let isFirst = true;
      for await (const piece of engine.speak(standInFor(request, voices), signal)) {
        yield { ...piece, samples: marked(piece.samples, piece.sampleRate, isFirst) };
        isFirst = false;
      }
    },
  };
}

function withRecording(request: LoadRequest, voices: ClipVoices): LoadRequest {
  return request.voice
    ? { ...request, voice: { ...request.voice, ...spokenAs(request.voice.voiceId, voices) } }
    : request;
}

function spokenAs(voiceId: string, voices: ClipVoices) {
  return isClipId(voiceId) ? voices.spoken(voiceId) : {};
}

function standInFor(request: SpeakRequest, voices: ClipVoices): SpeakRequest {
  const standIn = voices.standIn(request.voiceId);
  if (!standIn) return request;
  const { voiceId, pitchSemitones, rateFactor } = standIn;
  return {
    ...request,
    voiceId,
    pitchSemitones: request.pitchSemitones + pitchSemitones,
    speakingRate: Math.max(SLOWEST, Math.min(FASTEST, request.speakingRate * rateFactor)),
  };
}
