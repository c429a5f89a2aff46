import type { AppState, Phase } from '../../contract/app-events.ts';
import { loudness } from '../audio/level.ts';
import type { Microphone } from './microphone.svelte.ts';
import type { Player } from './player.svelte.ts';
import type { PushToTalk } from './push-to-talk.svelte.ts';

export type LiveState =
  | 'offline'
  | 'noModel'
  | 'loading'
  | 'idle'
  | 'opening'
  | 'listening'
  | 'finishing'
  | 'understanding'
  | 'working'
  | 'speaking';

/** What is going on right now, out of what the assistant says and what this window itself does. */
export class LiveTurn {
  app = $state.raw<AppState | undefined>();
  connected = $state(false);
  /** The voice detector hears speech. */
  speech = $state(false);
  private remoteLevel = $state(0);
  private readonly microphone: Microphone;
  private readonly player: Player;
  private readonly pushToTalk: PushToTalk;

  constructor(microphone: Microphone, player: Player, pushToTalk: PushToTalk) {
    this.microphone = microphone;
    this.player = player;
    this.pushToTalk = pushToTalk;
  }

  get phase(): Phase {
    return this.app?.phase ?? 'idle';
  }

  get state(): LiveState {
    if (!this.connected) return 'offline';
    if (this.pushToTalk.state !== 'idle') return this.pushToTalk.state;
    if (this.phase !== 'idle') return this.phase;
    if (this.player.playing?.kind === 'reply') return 'speaking';
    const model = this.app?.model.state;
    if (model === 'loading') return 'loading';
    if (model !== undefined && model !== 'ready') return 'noModel';
    return 'idle';
  }

  /** Something is going on that can be stopped. */
  get stoppable(): boolean {
    return ['opening', 'listening', 'finishing', 'understanding', 'working', 'speaking'].includes(this.state);
  }

  get hearing(): boolean {
    return this.state === 'listening' || this.state === 'finishing';
  }

  /** Loudness to show now, 0..1: of the person while listening, of the voice while speaking. */
  loudness(): number {
    if (this.hearing) {
      return loudness(this.pushToTalk.state === 'idle' ? this.remoteLevel : this.microphone.level);
    }
    return this.player.playing ? loudness(this.player.level()) : 0;
  }

  hear(level: number, speech: boolean): void {
    this.remoteLevel = level;
    this.speech = speech;
  }
}
