import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { FileSum } from './listed-file.ts';

const PIECE_BYTES = 1 << 20;

/** The sum of a file that comes in any order: it follows as far as there is no gap. */
export class RunningSum {
  private readonly hash: Hash;
  private readonly handle: FileHandle;
  private summedBytes = 0;
  private following: Promise<void> = Promise.resolve();

  constructor(algorithm: FileSum['algorithm'], totalBytes: number, handle: FileHandle) {
    this.handle = handle;
    this.hash = createHash(algorithm === 'sha256' ? 'sha256' : 'sha1');
    if (algorithm === 'git-sha1') this.hash.update(`blob ${totalBytes}\0`);
  }

  /** The bytes up to `end` are on the disk now. Resolves when they have been summed. */
  follow(end: number, signal: AbortSignal): Promise<void> {
    this.following = this.following.then(() => this.sumUpTo(end, signal));
    // Whoever waits for it hears of the error; those who do not must not end the process.
    this.following.catch(() => {});
    return this.following;
  }

  /** In hexadecimal; nothing can follow. */
  digest(): string {
    return this.hash.digest('hex');
  }

  private async sumUpTo(end: number, signal: AbortSignal): Promise<void> {
    const piece = Buffer.allocUnsafe(Math.max(0, Math.min(PIECE_BYTES, end - this.summedBytes)));
    while (this.summedBytes < end) {
      signal.throwIfAborted();
      const length = Math.min(piece.length, end - this.summedBytes);
      const { bytesRead } = await this.handle.read(piece, 0, length, this.summedBytes);
      if (bytesRead === 0) throw new Error('The file is shorter than what was written to it.');
      this.hash.update(piece.subarray(0, bytesRead));
      this.summedBytes += bytesRead;
    }
  }
}
