import { CommanderError } from 'commander';
import { exitCodes } from '../headless/command-runtime.ts';
import { runInterruptibly } from '../headless/interruptible.ts';
import { evaluationCommand, type EvaluationOptions } from './command-options.ts';

/** `npm run eval`: docs/evaluation.md. */
const command = evaluationCommand().exitOverride();
try {
  command.parse();
  // Whoever only asks for help need not wait for the engine's parts.
  const { evaluateSets } = await import('./evaluate-sets.ts');
  await runInterruptibly((signal) => evaluateSets(command.opts<EvaluationOptions>(), signal));
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
}
