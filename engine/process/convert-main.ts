import { isMainThread } from 'node:worker_threads';
import { answerRowBlocks } from '../convert/block-workers.ts';
import { runConverter } from './run-converter.ts';

/** The program of the conversion process, and of the threads that it shares the work with. */
if (isMainThread) runConverter();
else answerRowBlocks();
