import { dirname, join } from 'node:path';
import { startConversion, type Conversion } from '../../engine/process/convert-client.ts';

export type { Conversion } from '../../engine/process/convert-client.ts';

/** Where a packaged app keeps its programs; the sources know theirs. */
export interface ConverterPlaces {
  readonly nodeBinary?: string | undefined;
  /** The engine's bundle, which lies beside the converter's. */
  readonly engineMain?: string | undefined;
  readonly onLogLine?: (line: string) => void;
}

/** Converts and verifies models, each in a process of its own. */
export function modelConverter({ nodeBinary, engineMain, onLogLine }: ConverterPlaces = {}): Conversion {
  const convertMain = engineMain && join(dirname(engineMain), 'convert-main.js');
  return startConversion({
    ...(nodeBinary ? { nodeBinary } : {}),
    ...(convertMain ? { convertMain } : {}),
    ...(onLogLine ? { onLogLine } : {}),
  });
}
