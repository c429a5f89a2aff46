import type {
  ConversionEvent,
  ConversionRequest,
  VerificationEvent,
} from '../../contract/model-conversion.ts';
import { UserError } from '../../contract/user-errors.ts';
import { startChild, type Child } from './child-process.ts';
import { connectConverter, type ConverterCalls } from './convert-calls.ts';
import { plainNodePath, sourcePaths } from './engine-paths.ts';

export interface ConversionProcessOptions {
  /** Plain Node 22 or newer. Default: the running one, or the `node` package's. */
  readonly nodeBinary?: string;
  /** Default: convert-main.ts in the sources. */
  readonly convertMain?: string;
  /** Told what the process prints. */
  readonly onLogLine?: (line: string) => void;
}

/** Converts and verifies in a process of its own, so that whoever asks stays responsive. */
export interface Conversion {
  /** Aborting ends the process at once; what is finished is kept, and converting again goes on from there. */
  convert(request: ConversionRequest, signal: AbortSignal): AsyncGenerator<ConversionEvent>;
  verify(packageFolder: string, signal: AbortSignal): AsyncGenerator<VerificationEvent>;
}

/** Each call has its own process, which ends with the call. */
export function startConversion(options: ConversionProcessOptions = {}): Conversion {
  return {
    convert: (request, signal) => inChild(options, (calls) => calls.convert(request, signal), signal),
    verify: (packageFolder, signal) =>
      inChild(options, (calls) => calls.verify({ packageFolder }, signal), signal),
  };
}

async function* inChild<T>(
  options: ConversionProcessOptions,
  call: (calls: ConverterCalls) => AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T> {
  signal.throwIfAborted();
  const child = startChild({
    nodeBinary: options.nodeBinary ?? plainNodePath(),
    mainFile: options.convertMain ?? sourcePaths.convertMain(),
    arguments: [],
    onLogLine: options.onLogLine,
  });
  const stop = (): void => child.kill();
  signal.addEventListener('abort', stop, { once: true });
  try {
    yield* call(connectConverter(child.channel, () => endedError(child)));
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    child.kill();
    await child.ended;
  }
}

function endedError(child: Child): UserError {
  const reason = child.log().split('\n').at(-1) ?? '';
  return new UserError('conversion-stopped', { reason });
}
