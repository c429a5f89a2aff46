import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const BYTES = 384 * 1024 * 1024;
const ROUNDS = 4;

/**
 * Bytes a second that all cores together read from memory: each compares two large equal blocks, which is the fastest
 * plain read that this runtime has.
 */
export async function readBandwidth(threads = availableParallelism()): Promise<number> {
  const speeds = await Promise.all(
    Array.from({ length: threads }, () => {
      const worker = new Worker(new URL(import.meta.url), { workerData: 'read' });
      return new Promise<number>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
      });
    }),
  );
  return speeds.reduce((sum, speed) => sum + speed, 0);
}

if (!isMainThread && workerData === 'read') {
  const [first, second] = [Buffer.alloc(BYTES, 1), Buffer.alloc(BYTES, 1)];
  let fastest = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const began = process.threadCpuUsage();
    if (first.compare(second) !== 0) throw new Error('the blocks differ');
    const { user, system } = process.threadCpuUsage(began);
    fastest = Math.max(fastest, (2 * BYTES) / ((user + system) / 1e6));
  }
  parentPort!.postMessage(fastest);
}
