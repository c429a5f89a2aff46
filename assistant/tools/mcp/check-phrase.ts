import { UserError } from '../../../contract/user-errors.ts';
import type { KnownTool, ServerEntry } from './server-entry.ts';
import type { SaidAlready } from './starter-says.ts';
import { keptPhrase, phraseShape, readPhrase, samplePhrase } from './tool-phrase.ts';

/** What may stand in a place for words: ends of what people say most, so that "what {query}" takes no time from Sotto. */
const SAMPLES = [
  ...['the kitchen', 'music', 'paris', 'hello', 'the browser', 'milk', 'two plus two', 'to call mom'],
  ...[
    'time is it',
    'is the time',
    'the time',
    'time',
    'is the weather',
    'the weather',
    'day is it',
    'the date',
  ],
  ...['me a joke', 'a joke', 'a timer for ten minutes', 'timer for ten minutes', 'for ten minutes'],
  ...[
    'an alarm for seven',
    'me to call mom',
    'a note',
    'milk to the shopping list',
    'the volume',
    'up',
    'down',
  ],
  ...[
    'ten minutes',
    'seven',
    'seven in the morning',
    'tomorrow',
    'friday',
    'fifty percent',
    'blue',
    'my mom',
  ],
  ...['german', 'five miles to kilometers', 'christmas', 'the lights', 'umbrella', 'calculator', 'jazz'],
  ...['the web for geese', 'for geese', 'on my shopping list', 'is two plus two', 'you do', 'is your name'],
];

export interface WantedPhrase {
  readonly phrase: string;
  readonly serverId: string;
  readonly tool: KnownTool;
}

/** @throws UserError tool-phrase when it cannot call the tool, when another tool has it, or when Sotto says it itself. */
export async function checkPhrase(
  { phrase, serverId, tool }: WantedPhrase,
  entries: readonly ServerEntry[],
  saidAlready: SaidAlready = async () => false,
): Promise<void> {
  const parts = readPhrase(phrase, tool.parameters);
  const shape = phraseShape(parts);
  for (const entry of entries) {
    for (const other of entry.tools) {
      const isItself = entry.id === serverId && other.name === tool.name;
      const others = isItself ? undefined : keptPhrase(other);
      if (others && phraseShape(others) === shape)
        throw new UserError('tool-phrase', { phrase, reason: 'taken', name: other.name });
    }
  }
  if (await saidAlready(SAMPLES.map((sample) => samplePhrase(parts, sample))))
    throw new UserError('tool-phrase', { phrase, reason: 'known', name: '' });
}
