import { HuggingFaceSource, type HuggingFaceOptions } from './hugging-face-source.ts';
import { PlainSource } from './plain-source.ts';
import type { Listing, Source } from './source.ts';
import { SourceProblem } from './source-problem.ts';

/** A server of the person's own: laid out as Hugging Face, or else as a plain folder for each repository. */
export class OwnAddressSource implements Source {
  readonly host: string;
  readonly token: string | undefined;
  private readonly layouts: readonly Source[];
  private chosen: Source;

  constructor(options: HuggingFaceOptions) {
    const likeHub = new HuggingFaceSource(options);
    this.layouts = [
      likeHub,
      new PlainSource(options.client, `${options.base}/${options.repository}/`, options.token),
    ];
    this.chosen = likeHub;
    this.host = likeHub.host;
    this.token = options.token;
  }

  async list(signal: AbortSignal): Promise<Listing> {
    let first: unknown;
    for (const layout of this.layouts) {
      try {
        const listing = await layout.list(signal);
        this.chosen = layout;
        return listing;
      } catch (error) {
        if (!(error instanceof SourceProblem) || error.passing) throw error;
        first ??= error;
      }
    }
    throw first;
  }

  addressOf(path: string, revision: string): URL {
    return this.chosen.addressOf(path, revision);
  }
}
