import type { ListedFile } from './listed-file.ts';

export interface Listing {
  /** As exact as the server can tell it: the files of one revision never change. */
  readonly revision: string;
  readonly files: readonly ListedFile[];
}

/** A place that serves one repository. */
export interface Source {
  /** For the person. */
  readonly host: string;
  /** Throws SourceProblem. */
  list(signal: AbortSignal): Promise<Listing>;
  addressOf(path: string, revision: string): URL;
  /** For this host alone. */
  readonly token: string | undefined;
}
