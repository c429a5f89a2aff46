declare module 'node-record-lpcm16' {
  import type { ChildProcess } from 'node:child_process';
  import type { Readable } from 'node:stream';

  interface RecordingOptions {
    readonly sampleRate: number;
    readonly channels: number;
    readonly audioType: 'raw' | 'wav';
    /** A bundled recorder's name, or an absolute path to a module that builds the command. */
    readonly recorder: string;
  }
  export interface Recording {
    readonly process: ChildProcess;
    stream(): Readable;
    stop(): void;
  }
  const recorder: { record(options: RecordingOptions): Recording };
  export default recorder;
}
