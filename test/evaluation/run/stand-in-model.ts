import type { Engine, ReplyEvent, ReplyRequest } from '../../../contract/engine-contract.ts';
import { UserError } from '../../../contract/user-errors.ts';
import type { ModelUnderTest } from '../../../evaluation/run/model-under-test.ts';

/** What was asked, and whether anything was to be heard. */
export interface Asked {
  readonly request: ReplyRequest;
  readonly isSilent: boolean;
}

/** An engine whose replies are scripted; counts what it is asked. */
export class StandInModel implements Engine {
  readonly asked: Asked[] = [];
  /** Utterances that nobody has freed. */
  readonly open = new Map<string, number>();
  reply_: (asked: Asked) => readonly ReplyEvent[] = () => [];

  async *load() {}
  async unload() {}
  async probeProviders() {
    return { chosen: 'cpu', refused: [], threads: 1 };
  }
  async openUtterance({ utteranceId }: { utteranceId: string }) {
    this.open.set(utteranceId, 0);
  }
  async pushAudio({ utteranceId, samples }: { utteranceId: string; samples: Float32Array }) {
    const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    this.open.set(utteranceId, Math.max(loudest, this.open.get(utteranceId) ?? 0));
    return { level: loudest, speech: loudest > 0 };
  }
  async closeUtterance() {
    const samples = new Float32Array();
    return { durationSeconds: 0.1, speechSeconds: 0.1, verdict: 'speech' as const, clippedShare: 0, samples };
  }
  async releaseUtterance({ utteranceId }: { utteranceId: string }) {
    this.open.delete(utteranceId);
  }
  async *reply(request: ReplyRequest, signal: AbortSignal): AsyncGenerator<ReplyEvent> {
    signal.throwIfAborted();
    const sound = request.messages.at(-1)?.content.at(-1);
    if (!sound || !('utteranceId' in sound)) throw new UserError('bad-request', { field: 'messages' });
    const asked = { request, isSilent: this.open.get(sound.utteranceId) === 0 };
    this.asked.push(asked);
    yield* this.reply_(asked);
    yield { type: 'end', stopReason: 'end-token', timings: {} };
  }
  async *speak() {}
  async lightVoices() {
    return [];
  }
  async memoryBytes() {
    return 0;
  }
  async dispose() {}
}

export const standInModel: ModelUnderTest = {
  description: {
    id: 'stand-in',
    name: 'Stand-in',
    description: '',
    family: 'step-audio-2',
    version: '1',
    licence: 'Apache-2.0',
    bytes: 1,
    languages: ['en'],
    speaks: 'light-voice',
    wordsReplies: true,
  },
  provider: 'cpu',
  host: '',
  identity: 'stand-in|1',
};
