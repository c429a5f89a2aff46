import type { Voice } from '../../contract/app-events.ts';
import type { Assistant } from '../../contract/assistant-contract.ts';
import type { Player } from './player.svelte.ts';

/** The voice library: found by words, heard before chosen. */
export class Voices {
  query = $state('');
  list = $state.raw<readonly Voice[]>([]);
  status = $state<'unread' | 'reading' | 'read'>('unread');
  private search: AbortController | undefined;
  private preview: AbortController | undefined;
  private readonly assistant: () => Assistant;
  private readonly player: Player;
  private readonly onFailure: (error: unknown) => void;

  constructor(assistant: () => Assistant, player: Player, onFailure: (error: unknown) => void) {
    this.assistant = assistant;
    this.player = player;
    this.onFailure = onFailure;
  }

  /** Favourites first, then as the assistant ranks them. */
  get shown(): readonly Voice[] {
    return [
      ...this.list.filter((voice) => voice.favourite),
      ...this.list.filter((voice) => !voice.favourite),
    ];
  }

  nameOf(voiceId: string | undefined): string | undefined {
    return this.list.find((voice) => voice.id === voiceId)?.name;
  }

  async read(): Promise<void> {
    this.search?.abort();
    const search = new AbortController();
    this.search = search;
    this.status = 'reading';
    const query = this.query.trim();
    try {
      const list = await this.assistant().listVoices(query ? { query } : {}, search.signal);
      if (this.search === search) this.list = list;
    } catch (error) {
      this.onFailure(error);
    }
    if (this.search === search) this.status = 'read';
  }

  async select(voiceId: string): Promise<void> {
    try {
      await this.assistant().selectVoice({ voiceId }, new AbortController().signal);
    } catch (error) {
      this.onFailure(error);
    }
  }

  async setFavourite(voice: Voice, favourite: boolean): Promise<void> {
    this.replace({ ...voice, favourite });
    try {
      await this.assistant().setFavouriteVoice(
        { voiceId: voice.id, favourite },
        new AbortController().signal,
      );
    } catch (error) {
      this.replace(voice);
      this.onFailure(error);
    }
  }

  /** Speaks the voice's sample sentence; a second press stops it. */
  async togglePreview(voiceId: string): Promise<void> {
    const sounding = this.player.playing;
    this.preview?.abort(new DOMException('Another preview began.', 'AbortError'));
    if (sounding?.kind === 'preview' && sounding.id === voiceId) {
      this.player.stop();
      return;
    }
    this.player.stop();
    const preview = new AbortController();
    this.preview = preview;
    try {
      for await (const piece of this.assistant().previewVoice({ voiceId }, preview.signal)) {
        if (preview.signal.aborted) return;
        await this.player.push({ kind: 'preview', id: voiceId }, piece.samples, piece.sampleRate);
      }
    } catch (error) {
      if (!preview.signal.aborted) this.onFailure(error);
    }
  }

  stopPreview(): void {
    this.preview?.abort(new DOMException('The preview was stopped.', 'AbortError'));
    if (this.player.playing?.kind === 'preview') this.player.stop();
  }

  private replace(voice: Voice): void {
    this.list = this.list.map((one) => (one.id === voice.id ? voice : one));
  }
}
