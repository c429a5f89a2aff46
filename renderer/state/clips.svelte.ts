import type { Assistant } from '../../contract/assistant-contract.ts';
import type { Clip, ClipChange, ImportProgress } from '../../contract/voices.ts';

const PAGE = 50;

/** The recordings of the voice library: found, imported, taken back. */
export class Clips {
  list = $state.raw<readonly Clip[]>([]);
  hasMore = $state(false);
  total = $state(0);
  similarTo = $state.raw<Clip | undefined>();
  progress = $state.raw<ImportProgress | undefined>();
  /** What was just deleted, for undo. */
  deleted = $state.raw<readonly string[]>([]);
  /** What was just described anew, and what was said of it before. */
  described = $state.raw<{ readonly clip: Clip; readonly before: ClipChange } | undefined>();
  exported = $state('');
  private importing: AbortController | undefined;
  private reading = 0;
  private query = '';
  private readonly assistant: () => Assistant;
  private readonly onFailure: (error: unknown) => void;

  constructor(assistant: () => Assistant, onFailure: (error: unknown) => void) {
    this.assistant = assistant;
    this.onFailure = onFailure;
  }

  /** The first page for these words. */
  async read(query = this.query): Promise<void> {
    this.query = query;
    await this.page(0);
  }

  /** Read again, where they have been read, and unless this very page is bringing them in. */
  changedElsewhere(): void {
    if (this.reading > 0 && this.progress?.type !== 'progress') void this.page(0);
  }

  async readMore(): Promise<void> {
    await this.page(this.list.length);
  }

  async findLike(clip: Clip | undefined): Promise<void> {
    this.similarTo = clip;
    await this.page(0);
  }

  /** Resolves to whether it was taken. */
  describe(clip: Clip, change: ClipChange): Promise<boolean> {
    return this.attempt(async (signal) => {
      const changed = await this.assistant().changeClip({ clipId: clip.id, change }, signal);
      const before = Object.fromEntries(
        (Object.keys(change) as (keyof ClipChange)[]).map((field) => [field, clip[field]]),
      ) as ClipChange;
      this.described = { clip: changed, before };
      this.deleted = [];
      await this.read();
    });
  }

  undoDescribe(): Promise<boolean> {
    return this.attempt(async (signal) => {
      const { described } = this;
      this.described = undefined;
      if (described)
        await this.assistant().changeClip({ clipId: described.clip.id, change: described.before }, signal);
      await this.read();
    });
  }

  setFavourite(clip: Clip, favourite: boolean): Promise<boolean> {
    return this.attempt(async (signal) => {
      await this.assistant().changeClip({ clipId: clip.id, change: { favourite } }, signal);
      await this.read();
    });
  }

  delete(clip: Clip): Promise<boolean> {
    return this.attempt(async (signal) => {
      await this.assistant().deleteClips({ clipIds: [clip.id] }, signal);
      this.deleted = [clip.id];
      this.described = undefined;
      if (this.similarTo?.id === clip.id) this.similarTo = undefined;
      await this.read();
    });
  }

  undoDelete(): Promise<boolean> {
    return this.attempt(async (signal) => {
      const clipIds = [...this.deleted];
      this.deleted = [];
      if (clipIds.length > 0) await this.assistant().restoreClips({ clipIds }, signal);
      await this.read();
    });
  }

  async import(path: string, source: string, licence: string): Promise<void> {
    this.importing = new AbortController();
    try {
      const request = { path, source, licence, consent: true } as const;
      for await (const progress of this.assistant().importClips(request, this.importing.signal))
        this.progress = progress;
    } catch (error) {
      this.progress = undefined;
      if (!this.importing.signal.aborted) this.onFailure(error);
    }
    await this.read();
  }

  cancelImport(): void {
    this.importing?.abort(new DOMException('The import was cancelled.', 'AbortError'));
  }

  takeBack(batchId: string): Promise<boolean> {
    return this.attempt(async (signal) => {
      const { clipIds } = await this.assistant().undoImport({ batchId }, signal);
      this.progress = undefined;
      this.deleted = clipIds;
      this.described = undefined;
      await this.read();
    });
  }

  export(path: string): Promise<boolean> {
    return this.attempt(async (signal) => {
      for await (const progress of this.assistant().exportClips({ path }, signal))
        this.exported = progress.path ?? '';
    });
  }

  private page(offset: number): Promise<boolean> {
    const turn = (this.reading += 1);
    return this.attempt(async (signal) => {
      const { similarTo, query } = this;
      const search = { query, offset, limit: PAGE, ...(similarTo ? { similarTo: similarTo.id } : {}) };
      const { clips, hasMore, total } = await this.assistant().findClips(search, signal);
      if (turn !== this.reading) return;
      this.list = offset === 0 ? clips : [...this.list, ...clips];
      this.hasMore = hasMore;
      this.total = total;
    });
  }

  private async attempt(action: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    try {
      await action(new AbortController().signal);
      return true;
    } catch (error) {
      this.onFailure(error);
      return false;
    }
  }
}
