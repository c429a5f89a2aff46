import { dataFolder } from '../../assistant/data-folder.ts';
import { RecordedVoices } from '../../assistant/voices/recorded-voices.ts';
import { exitCodes, runWithAssistant } from '../command-runtime.ts';
import { printRows } from '../table.ts';

export interface VoicesOptions {
  readonly json: boolean;
  readonly use?: string;
  /** A recording of a voice. */
  readonly add?: string;
  readonly name?: string;
}

/** `sotto voices`: all of them, or those that words fit; `--use` picks one for the next answers. */
export function voices(query: string | undefined, options: VoicesOptions): Promise<void> {
  return runWithAssistant({ loadModel: false }, async ({ assistant }, signal) => {
    if (options.add) {
      const recorded = new RecordedVoices(dataFolder(undefined).voicesFolder);
      const id = await recorded.add(options.add, options.name);
      if (!options.json) process.stdout.write(`Added as ${id}.\n`);
    }
    if (options.add) await assistant.listVoices({}, signal);
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
