import { once } from 'node:events';
import { parentPort, Worker } from 'node:worker_threads';
import { UserError, type UserErrorCode, type UserErrorDetails } from '../../contract/user-errors.ts';
import { OpenFiles } from './open-files.ts';
import { encodeRowBlock, type RowBlock } from './row-blocks.ts';

type Answer =
  | { readonly done: true }
  | { readonly code: UserErrorCode; readonly details: UserErrorDetails }
  | { readonly message: string };

/** Encodes row blocks: in threads of their own, or in this one where there are none. */
export class BlockWorkers {
  readonly #workers: readonly Worker[];
  readonly #here = new OpenFiles();

  /** `program` is the file that the threads run; it calls `answerRowBlocks`. */
  constructor(count: number, program: string | undefined) {
    this.#workers = program === undefined ? [] : Array.from({ length: count }, () => new Worker(program));
  }

  /** Every block, in any order; `onDone` is told of each. Stops at the first failure. */
  async encode(
    blocks: Iterable<RowBlock>,
    onDone: (block: RowBlock) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const rest = blocks[Symbol.iterator]();
    const takeAll = async (work: (block: RowBlock) => void | Promise<void>): Promise<void> => {
      for (let next = rest.next(); !next.done; next = rest.next()) {
        signal.throwIfAborted();
        await work(next.value);
        onDone(next.value);
      }
    };
    if (this.#workers.length > 0) {
      await Promise.all(this.#workers.map((worker) => takeAll((block) => askWorker(worker, block))));
      return;
    }
    await takeAll((block) => {
      encodeRowBlock(block, this.#here);
      return new Promise((resolve) => setImmediate(resolve));
    });
  }

  async close(): Promise<void> {
    this.#here.close();
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

async function askWorker(worker: Worker, block: RowBlock): Promise<void> {
  worker.postMessage(block);
  const [answer] = (await once(worker, 'message')) as [Answer];
  if ('code' in answer) throw new UserError(answer.code, answer.details);
  if ('message' in answer) throw new Error(answer.message);
}

/** The thread's side. */
export function answerRowBlocks(): void {
  const files = new OpenFiles();
  parentPort!.on('message', (block: RowBlock) => {
    parentPort!.postMessage(answerTo(block, files));
  });
}

function answerTo(block: RowBlock, files: OpenFiles): Answer {
  try {
    encodeRowBlock(block, files);
    return { done: true };
  } catch (error) {
    if (error instanceof UserError) return { code: error.code, details: error.details };
    return { message: error instanceof Error ? error.message : String(error) };
  }
}
