import { Command, InvalidArgumentError, Option } from 'commander';
import type { LoadRequest } from '../contract/engine-contract.ts';

export interface EvaluationOptions {
  readonly model: string;
  readonly served: string;
  readonly thinks: boolean;
  readonly sets: readonly string[];
  readonly only: readonly string[];
  readonly heldOut: boolean;
  readonly out?: string;
  readonly page?: string;
  readonly resume: boolean;
  readonly limit: number;
  readonly audit: boolean;
  readonly judge?: string;
  readonly judgeModel: string;
  readonly provider: LoadRequest['provider'];
  readonly threads: number;
  readonly list: boolean;
}

/** `npm run eval -- ...`; keys come from the environment, so that they stand in no history of commands. */
export function evaluationCommand(): Command {
  return new Command('eval')
    .description('Scores a model on sets of recordings and writes JSON and a page.')
    .requiredOption('--sets <paths...>', 'folders with sets in their own layouts, or lists (.jsonl)')
    .option('--model <what>', 'a package’s folder, an installed model’s id, or a server’s address', 'starter')
    .option('--served <name>', 'what the server calls the model', 'step-audio-2-mini')
    .option('--thinks', 'the model on the server thinks before it answers', false)
    .option('--only <names...>', 'only sets whose name contains one of these', [])
    .option('--held-out', 'of the starter’s commands, only voices that no training heard', false)
    .option('--out <folder>', 'where answers and results are kept (default: .evaluation/<model>)')
    .option('--page <file>', 'write the page and its JSON here as well, for example docs/evaluation.html')
    .option('--resume', 'go on with the answers in that folder', false)
    .option('--limit <number>', 'at most so many questions of each set, spread evenly', wholeNumber, 0)
    .option('--no-audit', 'do not ask every question a second time without its sound')
    .option('--judge <address>', 'a server with OpenAI-compatible chat that judges replies')
    .option('--judge-model <name>', 'what that server calls the model', '')
    .addOption(
      new Option('--provider <name>', 'where a local model runs')
        .choices(['auto', 'cuda', 'webgpu', 'dml', 'coreml', 'cpu'])
        .default('auto'),
    )
    .option('--threads <number>', '0 = the engine’s choice', wholeNumber, 0)
    .option('--list', 'only say which sets were found', false)
    .addHelpText(
      'after',
      '\nSOTTO_REMOTE_KEY is the key of the model’s server, SOTTO_JUDGE_KEY that of the judge. What is said in the sets goes to the servers that you name, and nowhere else.\nExit codes: 0 done, 1 something failed, 2 wrong usage, 130 interrupted; answers are kept, --resume goes on.',
    );
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('That is no whole number.');
  return Number(text);
}
