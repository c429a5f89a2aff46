import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { matchGrammar } from '../../engine/recognise/grammar-match.ts';
import { readPeople, type PeopleClip } from './evaluation-sets.ts';
import { Listener, type Outcome } from './listener.ts';
import { percent, table } from './markdown-table.ts';
import { isRejected } from './measures.ts';
import { wordErrors, words } from './word-errors.ts';

/**
 * `npm run eval:people`: how well the starter hears recorded people, whom no training met, and what it would do at
 * their words. Writes docs/people.md.
 */
const root = resolve(import.meta.dirname, '..', '..');
const { values } = parseArgs({
  options: {
    package: { type: 'string', default: join(root, 'models', 'starter') },
    out: { type: 'string', default: join(root, 'docs', 'people.md') },
    /** Also lists what was misheard or acted on. */
    errors: { type: 'boolean', default: false },
  },
});

interface Tally {
  clips: number;
  phones: number;
  phoneErrors: number;
  words: number;
  wordErrors: number;
  refused: number;
  right: number;
  invented: number;
}

const config = JSON.parse(readFileSync(join(values.package, 'config.json'), 'utf8')) as {
  ctc_config: { labels: string[] };
};
const phoneLabels = config.ctc_config.labels;
const listener = await Listener.open(values.package);
const tallies = new Map<string, Tally>();
const invented: string[][] = [];
for (const clip of readPeople('judging')) {
  const outcome = await listener.listen(clip);
  for (const name of [clip.voice, 'all']) count(tallyOf(name), clip, outcome);
  const { hearing, understanding } = outcome;
  if (deed(clip, outcome) === 'invented')
    invented.push([clip.text, hearing.transcript, understanding.frame.intent]);
  if (values.errors && hearing.transcript !== clip.text)
    process.stdout.write(`${clip.id} ${clip.text} | ${hearing.transcript} | ${understanding.frame.intent}\n`);
}
const figures = table(
  ['speaker', 'clips', 'phone error', 'word error', 'refused', 'right', 'invented'],
  [...tallies].map(([name, tally]) => [
    name,
    String(tally.clips),
    percent(tally.phoneErrors / tally.phones),
    percent(tally.wordErrors / tally.words),
    percent(tally.refused / tally.clips),
    percent(tally.right / tally.clips),
    percent(tally.invented / tally.clips),
  ]),
);
process.stdout.write(`${figures}\n`);
writeFileSync(
  values.out,
  `# The starter and recorded people

Measured by \`npm run eval:people\` on ${new Date().toISOString().slice(0, 10)}. The clips are short sentences out of Debian packages
(asterisk-core-sounds-en-g722, pocketsphinx-testdata, alsa-utils): telephone announcements by one woman, playing cards and
digits, a novel read aloud, one robot command, names of loudspeakers. Nobody in them was trained on; the thresholds of refusal were set with
the help of other clips of the announcer. They are
no commands for a desktop, so the right thing is nearly always to refuse. "Right" is the intent that the same words mean
when the grammar knows them ("thank you"); "invented" is anything else that would have been acted on.

${figures}

Phone error is that of the likeliest phones alone, without words or grammar, against the first pronunciation of every
word in the lexicon.

## What was invented

${table(['said', 'heard', 'taken for'], invented)}
`,
);

function tallyOf(name: string): Tally {
  const none = {
    clips: 0,
    phones: 0,
    phoneErrors: 0,
    words: 0,
    wordErrors: 0,
    refused: 0,
    right: 0,
    invented: 0,
  };
  const tally = tallies.get(name) ?? none;
  tallies.set(name, tally);
  return tally;
}

function count(tally: Tally, clip: PeopleClip, outcome: Outcome): void {
  tally.clips++;
  tally.phones += words(clip.phones).length;
  tally.phoneErrors += wordErrors(clip.phones, phonesOf(outcome));
  tally.words += words(clip.text).length;
  tally.wordErrors += wordErrors(clip.text, outcome.hearing.transcript);
  tally[deed(clip, outcome)]++;
}

function phonesOf({ hearing }: Outcome): string {
  return hearing.phonePath.phones.map((label) => phoneLabels[label]).join(' ');
}

function deed(clip: PeopleClip, outcome: Outcome): 'refused' | 'right' | 'invented' {
  if (isRejected(outcome)) return 'refused';
  const [meant] = matchGrammar(listener.parts.domain.grammar, clip.text);
  return meant?.intent === outcome.understanding.frame.intent ? 'right' : 'invented';
}
