import { Command, InvalidArgumentError, Option } from 'commander';
import { exitCodes } from './command-runtime.ts';
import { ask, type AskOptions } from './commands/ask.ts';
import { hear } from './commands/hear.ts';
import { history, readTagFilter, type HistoryOptions } from './commands/history.ts';
import { doctor, models, tools } from './commands/lists.ts';
import { addModelConversion } from './commands/models-convert.ts';
import { addModelDownload } from './commands/models-download.ts';
import { addModelList } from './commands/models-list.ts';
import { addModelRemove } from './commands/models-remove.ts';
import { addModelUse } from './commands/models-use.ts';
import { remote } from './commands/remote.ts';
import { addKnowledge } from './commands/knowledge.ts';
import { say, type SayOptions } from './commands/say.ts';
import { settings } from './commands/settings.ts';
import { voices, type VoicesOptions } from './commands/voices.ts';
import { addVoiceLibrary } from './commands/voices-library.ts';
import { version } from './project-paths.ts';
import { talkTask } from '../contract/settings.ts';
import { tagNames, type TagFilter } from '../contract/tags.ts';

const program = new Command('sotto')
  .description('A private voice assistant. Everything stays on this machine unless you say otherwise.')
  .version(version)
  // Options after a subcommand are the subcommand's own.
  .enablePositionalOptions()
  .showHelpAfterError('(sotto --help shows what there is)')
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 something failed, 2 wrong usage, 130 interrupted.\nSOTTO_DATA_FOLDER names another place for history and settings, SOTTO_REMOTE_KEY the key for another machine.',
  );

const jsonOption = (): Option => new Option('--json', 'print JSON instead of text').default(false);
const wavFiles = ['<files...>', 'WAV files; - reads standard input'] as const;

program
  .command('ask')
  .description('speak WAV files to the assistant, as in the app, tools included')
  .argument(...wavFiles)
  .option('--out <file>', 'write the spoken answer to a WAV file')
  .option('--play', 'play the spoken answer', false)
  .option('--voice <id>', 'answer in this voice from now on')
  .option('--together', 'take all files as one conversation', false)
  .addOption(
    new Option('--mode <mode>', 'what to do with them, where the model can; default: what is set').choices(
      talkTask.options,
    ),
  )
  .option('--to <language>', 'for --mode translate: English name of the language')
  .addOption(jsonOption())
  .action((files: string[], options: AskOptions) => ask(files, options));

for (const [task, description] of [
  ['transcribe', 'write down what WAV files say'],
  [
    'tags',
    'tell how WAV files sound: feeling, style, gender, age, speed, pitch, loudness, background, scene',
  ],
] as const) {
  program
    .command(task)
    .description(description)
    .argument(...wavFiles)
    .addOption(jsonOption())
    .action((files: string[], options: { json: boolean }) => hear(task, files, options));
}

program
  .command('say')
  .description('speak a text')
  .argument('<text>', 'the text; - reads standard input')
  .option('--out <file>', 'write a WAV file instead of playing it')
  .option('--voice <id>', 'the voice; "sotto voices" lists them')
  .option('--rate <factor>', 'speaking rate, 0.5 to 2', rateOf)
  .addOption(jsonOption())
  .action((text: string, options: SayOptions) => say(text, options));

const voiceCommands = program
  .command('voices')
  .description('list voices, or find some by words such as "deep male"')
  .argument('[words...]')
  .option('--use <id>', 'pick this voice for the next answers')
  .option('--add <file>', 'take in a WAV recording, for models that speak by themselves')
  .option('--name <name>', 'what the added voice is called')
  .addOption(jsonOption())
  .action((words: string[], options: VoicesOptions) => voices(words.join(' ') || undefined, options));
addVoiceLibrary(voiceCommands);

program
  .command('history')
  .description('list or search conversations')
  .argument('[words...]')
  .option(
    '--tag <name=value>',
    'only where something was said so, for example emotion=sad; may be given again',
    tagOf,
  )
  .option('--tags', 'list the tags of all turns with their numbers')
  .option('--show <conversation>', 'show one conversation')
  .addOption(
    new Option('--export <format>', 'export everything, or the one of --show').choices(['json', 'markdown']),
  )
  .option('--out <file>', 'where --export writes')
  .option('--delete <conversation>', 'delete one conversation')
  .option('--limit <count>', 'at most this many', countOf, 50)
  .addOption(jsonOption())
  .action((words: string[], options: HistoryOptions) => history(words.join(' ') || undefined, options));

program
  .command('settings')
  .description('show or change settings, for example: sotto settings remote.url http://gpu-box.lan:8000')
  .argument('[name]', 'such as volume or remote.model')
  .argument('[value]', 'the new value; for remote.key - reads standard input')
  .addOption(jsonOption())
  .action((name: string | undefined, value: string | undefined, options: { json: boolean }) =>
    settings(name, value, options),
  );

program
  .command('remote')
  .description('test the other machine that may answer; nothing you said is sent')
  .addOption(jsonOption())
  .action((options: { json: boolean }) => remote(options));

for (const [name, description, action] of [
  ['tools', 'list the tools the assistant may call', tools],
  ['doctor', 'tell what was found on this machine', doctor],
] as const) {
  program
    .command(name)
    .description(description)
    .addOption(jsonOption())
    .action((options: { json: boolean }) => action(options));
}

const modelCommands = program
  .command('models')
  .description('list the installed models, or work with them')
  .addOption(jsonOption())
  .action((options: { json: boolean }) => models(options));
addModelList(modelCommands);
addModelDownload(modelCommands);
addModelConversion(modelCommands);
addModelUse(modelCommands);
addModelRemove(modelCommands);
const knowledgeCommands = addKnowledge(program);

function rateOf(text: string): number {
  const rate = Number(text);
  if (!(rate >= 0.5 && rate <= 2)) throw new InvalidArgumentError('It is a number from 0.5 to 2.');
  return rate;
}

function tagOf(text: string, before: readonly TagFilter[] = []): readonly TagFilter[] {
  const filter = readTagFilter(text);
  if (!filter) throw new InvalidArgumentError(`It is name=value; the names are ${tagNames.join(', ')}.`);
  return [...before.filter(({ name }) => name !== filter.name), filter];
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 200)
    throw new InvalidArgumentError('It is a whole number from 1 to 200.');
  return count;
}

program.exitOverride((problem) => process.exit(problem.exitCode === 0 ? exitCodes.ok : exitCodes.usage));
for (const command of [
  ...program.commands,
  ...modelCommands.commands,
  ...voiceCommands.commands,
  ...knowledgeCommands.commands,
]) {
  command.exitOverride((problem) => process.exit(problem.exitCode === 0 ? exitCodes.ok : exitCodes.usage));
}
await program.parseAsync();
