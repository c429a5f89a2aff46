import type { Assistant } from '../../contract/assistant-contract.ts';
import type { FolderListing } from '../../contract/folder-calls.ts';

/** The system's own dialog; undefined when the person chose nothing. */
export type FolderDialog = (startPath: string) => Promise<string | undefined>;

interface AskedFolder {
  readonly startPath: string;
  readonly answer: (path: string | undefined) => void;
}

/** Lets the person point at a folder: in the system's dialog where the shell has one, in the page's otherwise. */
export class FolderChoice {
  /** The page's dialog is open for it. */
  asked = $state.raw<AskedFolder | undefined>();
  private readonly assistant: () => Assistant;
  private readonly systemDialog: FolderDialog | undefined;
  private readonly onFailure: (error: unknown) => void;

  constructor(
    assistant: () => Assistant,
    systemDialog: FolderDialog | undefined,
    onFailure: (error: unknown) => void,
  ) {
    this.assistant = assistant;
    this.systemDialog = systemDialog;
    this.onFailure = onFailure;
  }

  /** Undefined when nothing was chosen. `startPath` may be empty, or nowhere. */
  async choose(startPath: string): Promise<string | undefined> {
    try {
      if (this.systemDialog) return await this.systemDialog(startPath);
    } catch (error) {
      this.onFailure(error);
      return undefined;
    }
    this.asked?.answer(undefined);
    return new Promise((resolve) => {
      this.asked = {
        startPath,
        answer: (path) => {
          this.asked = undefined;
          resolve(path);
        },
      };
    });
  }

  /** Undefined when it could not be read; the person has been told. */
  async list(path: string, hidden: boolean): Promise<FolderListing | undefined> {
    try {
      return await this.assistant().listFolders({ path, hidden }, new AbortController().signal);
    } catch (error) {
      this.onFailure(error);
      return undefined;
    }
  }
}
