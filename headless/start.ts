import { buildWhenStale } from './build-when-stale.ts';
import { sayError } from './command-runtime.ts';
import { startElectron } from './electron-start.ts';
import { serveAssistant } from './serve-assistant.ts';

/** `npm start`: the desktop app, or the same assistant in the browser with a sentence that says why. */
try {
  await buildWhenStale(['renderer', 'electron']);
  const reason = await startElectron();
  if (reason) {
    process.stdout.write(
      `The desktop window cannot be opened: ${reason}. Sotto opens in the browser instead.\n`,
    );
    await serveAssistant({ port: 0, openBrowser: true });
  }
} catch (error) {
  sayError(error);
  process.exitCode = 1;
}
