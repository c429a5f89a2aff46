import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Download } from '../../../contract/model-library.ts';
import type { Settings } from '../../../contract/settings.ts';
import { UserError } from '../../../contract/user-errors.ts';
import { failureOf } from '../../failures.ts';
import { diskError } from './disk-error.ts';
import { freeBytesAt, requireRoom, requireWritable } from './disk-room.ts';
import { dropOutdated, readPlan, receivedBytesOf, writePlan } from './download-plan.ts';
import { fetchFiles, type FetchOptions } from './fetch-files.ts';
import { FileDownload } from './file-download.ts';
import { lockFolder } from './folder-lock.ts';
import { listOffer } from './list-offer.ts';
import type { Offer } from './offer.ts';
import { Patience } from './patience.ts';
import type { Listing, Source } from './source.ts';
import { SourceProblem } from './source-problem.ts';
import { sourcesOf, type Hubs } from './sources-of-offer.ts';
import { TransferSpeed } from './transfer-speed.ts';

export interface DownloadWorld extends FetchOptions {
  readonly hubs: Hubs;
  readonly settings: () => Settings['models'];
  readonly now: () => number;
  readonly freeBytes?: (folder: string) => Promise<number>;
}

const commit = /^[0-9a-f]{40}$/;
const TELL_EVERY_MS = 250;
const nothing: Download = { state: 'absent', receivedBytes: 0, totalBytes: 0 };

/**
 * One offer on its way to the disk. Everything lies in `FOLDER.partial` until the last sum has been compared; then the
 * folder gets its name. Pausing, failing and being killed keep what has come.
 */
export class ModelDownload {
  readonly offer: Offer;
  readonly folder: string;
  private readonly world: DownloadWorld;
  private readonly onChange: (download: Download) => void;
  private present: Download = nothing;
  private running: { readonly controller: AbortController; readonly done: Promise<void> } | undefined;
  private files: readonly FileDownload[] = [];
  private speed: TransferSpeed;

  /** `parent` is where its folder goes. */
  constructor(offer: Offer, parent: string, world: DownloadWorld, onChange: (download: Download) => void) {
    this.offer = offer;
    this.folder = join(parent, offer.id);
    this.world = world;
    this.onChange = onChange;
    this.speed = new TransferSpeed(world.now);
  }

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** As it is now; looks at the disk when nothing is going on. */
  async status(): Promise<Download> {
    if (this.running) return this.present;
    const complete = await readPlan(this.folder);
    if (complete?.completedAt !== undefined) {
      const bytes = complete.files.reduce((sum, file) => sum + file.bytes, 0);
      return { state: 'complete', receivedBytes: bytes, totalBytes: bytes, host: complete.host };
    }
    const plan = await readPlan(this.partial);
    const isThere = plan ?? (await stat(this.partial).catch(() => undefined));
    const { failure } = this.present;
    if (!isThere) return failure ? { ...nothing, state: 'failed', failure } : nothing;
    const totalBytes = plan?.files.reduce((sum, file) => sum + file.bytes, 0) ?? 0;
    const receivedBytes = plan ? await receivedBytesOf(this.partial, plan) : 0;
    const about = { receivedBytes, totalBytes, host: plan?.host };
    return failure ? { ...about, state: 'failed', failure } : { ...about, state: 'paused' };
  }

  /** Begins or goes on. Resolves when it has ended in whatever way; the state tells which. */
  start(): Promise<void> {
    if (this.running) return this.running.done;
    const controller = new AbortController();
    this.present = { ...nothing, state: 'listing' };
    this.onChange(this.present);
    const done = this.run(controller.signal)
      .then(
        () => undefined,
        (error: unknown) => (controller.signal.aborted ? undefined : failureOf(error)),
      )
      .then(async (failure) => {
        this.running = undefined;
        this.files = [];
        this.present = failure ? { ...nothing, state: 'failed', failure } : nothing;
        this.present = await this.status();
        this.onChange(this.present);
      });
    this.running = { controller, done };
    return done;
  }

  /** Keeps what has come. Resolves when nothing is written any more. */
  async pause(): Promise<void> {
    this.running?.controller.abort(new DOMException('The download was paused.', 'AbortError'));
    await this.running?.done;
  }

  /** Stops, and deletes all of it. Throws UserError `download-elsewhere` while another copy of Sotto fetches it. */
  async discard(): Promise<void> {
    await this.pause();
    if (await stat(this.partial).catch(() => undefined)) await (await lockFolder(this.partial))();
    for (const folder of [this.partial, this.folder]) {
      try {
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      } catch (error) {
        throw diskError(error, folder);
      }
    }
    this.present = nothing;
    this.onChange(nothing);
  }

  private get partial(): string {
    return `${this.folder}.partial`;
  }

  private async run(signal: AbortSignal): Promise<void> {
    if ((await readPlan(this.folder))?.completedAt !== undefined) return;
    if (await stat(this.folder).catch(() => undefined)) {
      throw new UserError('model-folder-taken', { path: this.folder });
    }
    await requireWritable(join(this.folder, '..'));
    await mkdir(this.partial, { recursive: true });
    const unlock = await lockFolder(this.partial);
    try {
      await this.fetchFromAny(signal);
    } finally {
      for (const file of this.files) await file.suspend();
      await unlock();
    }
    // The lock is out of the folder: now it may have its name.
    await rename(this.partial, this.folder).catch((error: unknown) => {
      throw diskError(error, this.folder);
    });
  }

  /** One server after the other, until one has given everything. */
  private async fetchFromAny(signal: AbortSignal): Promise<void> {
    const { world, offer } = this;
    const before = await readPlan(this.partial);
    // A download that has begun keeps its revision, whatever is newest by now.
    const revision = offer.revision || (commit.test(before?.revision ?? '') ? before?.revision : '') || '';
    const sources = sourcesOf(offer, revision, world.settings(), world.client, world.hubs);
    let first: SourceProblem | undefined;
    for (const source of sources) {
      try {
        await this.fetchFrom(source, signal);
        return;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof SourceProblem)) throw error;
        first ??= error;
        for (const file of this.files) await file.suspend();
      }
    }
    throw first?.toUserError() ?? new UserError('offer-missing', { offer: offer.id });
  }

  private async fetchFrom(source: Source, signal: AbortSignal): Promise<void> {
    const { world } = this;
    this.tell({ state: 'listing', host: source.host });
    const listing = await this.list(source, signal);
    await dropOutdated(this.partial, await readPlan(this.partial), source.host, listing);
    const plan = { origin: this.offer.origin, host: source.host, ...listing };
    await writePlan(this.partial, { ...plan, files: [...listing.files] });
    this.files = listing.files.map((file) => new FileDownload(this.partial, file));
    for (const file of this.files) await file.begin(source.host);
    const missing = this.totalBytes - this.receivedBytes;
    await requireRoom(this.partial, missing, world.freeBytes ?? freeBytesAt);
    this.speed = new TransferSpeed(world.now);
    const { host } = source;
    this.tell({ state: 'running', host });
    const telling = setInterval(() => {
      this.tell({ state: this.receivedBytes === this.totalBytes ? 'checking' : 'running', host });
    }, TELL_EVERY_MS);
    try {
      const received = (bytes: number): void => this.speed.add(bytes);
      await fetchFiles(this.files, source, listing.revision, world, received, signal);
    } finally {
      clearInterval(telling);
    }
    await writePlan(this.partial, { ...plan, files: [...listing.files], completedAt: world.now() });
  }

  private async list(source: Source, signal: AbortSignal): Promise<Listing> {
    const patience = new Patience({ ...this.world.patience, attempts: 3 }, this.world.random);
    for (;;) {
      try {
        return await listOffer(source, this.offer, signal);
      } catch (error) {
        signal.throwIfAborted();
        await this.world.pause(patience.next(error), signal);
      }
    }
  }

  private get totalBytes(): number {
    return this.files.reduce((sum, { file }) => sum + file.bytes, 0);
  }

  private get receivedBytes(): number {
    return this.files.reduce((sum, file) => sum + file.receivedBytes, 0);
  }

  private tell({ state, host }: Pick<Download, 'state' | 'host'>): void {
    const { receivedBytes, totalBytes } = this;
    const bytesPerSecond = this.speed.bytesPerSecond();
    const secondsLeft = bytesPerSecond ? (totalBytes - receivedBytes) / bytesPerSecond : undefined;
    this.present = { state, receivedBytes, totalBytes, host, bytesPerSecond, secondsLeft };
    this.onChange(this.present);
  }
}
