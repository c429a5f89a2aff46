import { Command, InvalidArgumentError } from 'commander';
import { buildWhenStale } from './build-when-stale.ts';
import { sayError } from './command-runtime.ts';
import { serveAssistant, type ServeOptions } from './serve-assistant.ts';

const program = new Command('serve')
  .description("Sotto in this machine's browser, reachable from nowhere else")
  .option('--port <number>', 'listen here instead of on any free port', portOf, 0)
  .option('--no-open', 'do not open the browser')
  .action(async (options: { port: number; open: boolean }) => {
    await buildWhenStale(['renderer']);
    await serveAssistant({ port: options.port, openBrowser: options.open } satisfies ServeOptions);
  });

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('It is a number from 0 to 65535.');
  return port;
}

try {
  await program.parseAsync();
} catch (error) {
  sayError(error);
  process.exitCode = 1;
}
