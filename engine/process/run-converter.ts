import { Socket } from 'node:net';
import { convertModel } from '../convert/convert-model.ts';
import { verifyPackage } from '../convert/verify-package.ts';
import { channelDescriptor } from './child-process.ts';
import { serveConverter } from './convert-calls.ts';
import { StreamChannel } from './stream-channel.ts';

/** Serves conversions to whoever started this process, and ends when that one is gone. */
export function runConverter(): void {
  const channel = new StreamChannel(new Socket({ fd: channelDescriptor }));
  channel.onClose(() => process.exit(0));
  const workerProgram = process.argv[1];
  serveConverter(
    channel,
    {
      convert: (request, signal) => convertModel(request, { workerProgram }, signal),
      verify: ({ packageFolder }, signal) => verifyPackage(packageFolder, signal),
    },
    (name, error) => console.error(`${name}: ${error instanceof Error ? error.stack : String(error)}`),
  );
}
