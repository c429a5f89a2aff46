import type { ConversionEvent, ConversionRequest } from '../../contract/model-conversion.ts';
import type { Conversion } from '../../contract/model-library.ts';
import { failureOf } from '../failures.ts';

/** Whoever converts; aborting keeps what is done, and the same request goes on from there. */
export type Convert = (request: ConversionRequest, signal: AbortSignal) => AsyncIterable<ConversionEvent>;

interface Job {
  conversion: Conversion;
  readonly offerId: string | undefined;
  readonly controller: AbortController;
  done: Promise<void>;
}

const TELL_EVERY_MS = 250;

/** Conversions of this session, by the checkpoint's folder; one at a time for each. */
export class ModelConversions {
  private readonly convert: Convert;
  private readonly now: () => number;
  private readonly onChange: (conversion: Conversion, offerId: string | undefined) => void;
  private readonly jobs = new Map<string, Job>();

  constructor(
    convert: Convert,
    now: () => number,
    onChange: (conversion: Conversion, offerId: string | undefined) => void,
  ) {
    this.convert = convert;
    this.now = now;
    this.onChange = onChange;
  }

  of(checkpointFolder: string): Conversion | undefined {
    return this.jobs.get(checkpointFolder)?.conversion;
  }

  /** Of folders that belong to no offer. */
  get unoffered(): Conversion[] {
    return [...this.jobs.values()].filter(({ offerId }) => !offerId).map(({ conversion }) => conversion);
  }

  start(request: ConversionRequest, offerId: string | undefined): void {
    const { checkpointFolder, outputFolder, precision, voiceOnly } = request;
    if (this.of(checkpointFolder)?.state === 'running') return;
    const controller = new AbortController();
    const conversion: Conversion = { state: 'running', checkpointFolder, outputFolder, precision, voiceOnly };
    const job: Job = { conversion, offerId, controller, done: Promise.resolve() };
    this.jobs.set(checkpointFolder, job);
    this.onChange(conversion, offerId);
    job.done = this.follow(job, request, controller.signal);
  }

  /** Resolves when nothing is written any more. */
  async pause(checkpointFolder: string): Promise<void> {
    const job = this.jobs.get(checkpointFolder);
    job?.controller.abort(new DOMException('The conversion was paused.', 'AbortError'));
    await job?.done;
  }

  /** Stops and forgets. Returns where the package would have been. */
  async forget(checkpointFolder: string): Promise<Conversion | undefined> {
    await this.pause(checkpointFolder);
    const conversion = this.of(checkpointFolder);
    this.jobs.delete(checkpointFolder);
    return conversion;
  }

  async close(): Promise<void> {
    await Promise.all([...this.jobs.keys()].map((folder) => this.pause(folder)));
  }

  private async follow(job: Job, request: ConversionRequest, signal: AbortSignal): Promise<void> {
    let toldAt = 0;
    const change = (news: Partial<Conversion>): void => {
      job.conversion = { ...job.conversion, ...news };
      const isProgress = news.progress !== undefined;
      if (isProgress && this.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = this.now();
      this.onChange(job.conversion, job.offerId);
    };
    try {
      for await (const event of this.convert(request, signal)) {
        signal.throwIfAborted();
        if (event.type === 'plan') change({ choice: event.choice, packageBytes: event.packageBytes });
        else if (event.type === 'done') change({ state: 'complete', modelId: event.modelId, progress: undefined });
        else {
          const { type: _, ...progress } = event;
          change({ progress });
        }
      }
    } catch (error) {
      if (signal.aborted) change({ state: 'paused' });
      else change({ state: 'failed', failure: failureOf(error) });
    }
  }
}
