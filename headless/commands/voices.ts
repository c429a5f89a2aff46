import { exitCodes, runWithAssistant } from '../command-runtime.ts';
import { printRows } from '../table.ts';

/** `sotto voices`: all of them, or those that words fit; `--use` picks one for the next answers. */
export function voices(query: string | undefined, options: { json: boolean; use?: string }): Promise<void> {
  return runWithAssistant({ loadModel: false }, async ({ assistant }, signal) => {
    if (options.use) await assistant.selectVoice({ voiceId: options.use }, signal);
    const found = await assistant.listVoices({ query }, signal);
    const current = (await assistant.getState({}, signal)).voice.id;
    const rows = found.map((voice) => ({
      ...voice,
      current: voice.id === current,
      mark: voice.id === current ? '*' : ' ',
    }));
    printRows(
      rows,
      ['mark', 'id', 'name', 'gender', 'description'],
      options.json,
      'No voice fits these words.',
    );
    return exitCodes.ok;
  });
}
