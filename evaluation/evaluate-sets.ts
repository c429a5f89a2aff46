import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../contract/user-errors.ts';
import { startEngine } from '../engine/process/engine-client.ts';
import { exitCodes } from '../headless/command-runtime.ts';
import { projectPaths } from '../headless/project-paths.ts';
import type { EvaluationOptions } from './command-options.ts';
import type { EvaluationSet } from './items.ts';
import { ChatJudge } from './judge/chat-judge.ts';
import { publishedTables } from './published/published-figures.ts';
import { evaluationPage } from './report/page.ts';
import type { Results } from './report/results.ts';
import { headline } from './report/score-tables.ts';
import { fileName } from './run/ask-set.ts';
import { loadModel } from './run/model-under-test.ts';
import { EvaluationProgress } from './run/progress.ts';
import { runEvaluation } from './run/run-evaluation.ts';
import { findSets } from './sets/find-sets.ts';

/** Finds the sets, loads the model, asks, judges, and writes what came of it after every set. */
export async function evaluateSets(options: EvaluationOptions, signal: AbortSignal): Promise<number> {
  const sets = await chosenSets(options, signal);
  if (options.list) return exitCodes.ok;
  const folder = resolve(options.out ?? join('.evaluation', fileName(basename(options.model))));
  refuseOldAnswers(folder, options.resume);
  const { judge: address, judgeModel } = options;
  const judgeKey = process.env['SOTTO_JUDGE_KEY'] ?? '';
  const judge =
    address === undefined ? undefined : new ChatJudge({ url: address, model: judgeModel, key: judgeKey });
  const engine = await startEngine({
    resourcesFolder: projectPaths.resources,
    // A large package is checked once, not each time that a run goes on.
    verifiedFile: join(folder, 'verified.json'),
  });
  const { limit, audit: audits } = options;
  const questions = sets.reduce((sum, { items }) => sum + Math.min(items.length, limit || Infinity), 0);
  const progress = new EvaluationProgress(questions * (audits ? 2 : 1));
  try {
    const key = process.env['SOTTO_REMOTE_KEY'] ?? '';
    const model = await loadModel({ ...options, key }, engine, signal);
    if (model.host) say(`Asked of ${model.host}: the recordings go there.`);
    if (judge) say(`Judged by ${judge.name}: replies and references go there.`);
    const onSet = (results: Results): void => {
      write(results, folder, options.page);
      progress.end();
      sayLast(results);
    };
    const onQuestion = (set: string, wasKnown: boolean): void => progress.question(set, wasKnown);
    const now = (): Date => new Date();
    const run = { engine, model, sets, folder, judge, audits, limit, onQuestion, onSet, now };
    await runEvaluation(run, signal);
    say(`Results: ${join(folder, 'evaluation.html')} and evaluation.json beside it.`);
    return exitCodes.ok;
  } finally {
    progress.end();
    await engine.dispose();
    await judge?.close();
  }
}

async function chosenSets(options: EvaluationOptions, signal: AbortSignal): Promise<EvaluationSet[]> {
  const { only, heldOut: heldOutOnly } = options;
  const found: EvaluationSet[] = [];
  for (const path of options.sets) {
    const { sets, problems } = await findSets(path, { heldOutOnly }, signal);
    for (const problem of problems) say(problem);
    found.push(...sets);
  }
  const chosen = found.filter(({ name }) => only.length === 0 || only.some((part) => name.includes(part)));
  if (chosen.length === 0) throw new UserError('evaluation-sets-missing', { path: options.sets.join(', ') });
  for (const { name, layout, task, language, items, skipped } of chosen) {
    const left =
      skipped.length === 0 ? '' : `, ${skipped.length} left out (${skipped[0]!.id}: ${skipped[0]!.reason})`;
    say(`${name}: ${items.length} questions, ${task}, ${language}, read as ${layout}${left}`);
  }
  return chosen;
}

function refuseOldAnswers(folder: string, resume: boolean): void {
  const answers = join(folder, 'answers');
  if (!resume && existsSync(answers) && readdirSync(answers).length > 0)
    throw new UserError('evaluation-folder-taken', { path: folder });
}

function write(results: Results, folder: string, page: string | undefined): void {
  const json = `${JSON.stringify(results, undefined, 2)}\n`;
  const html = evaluationPage(results, publishedTables());
  const places = [join(folder, 'evaluation.html'), ...(page === undefined ? [] : [resolve(page)])];
  for (const place of places) {
    try {
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, html);
      writeFileSync(place.replace(/\.html?$|$/i, '.json'), json);
    } catch (cause) {
      const reason = (cause as NodeJS.ErrnoException).code ?? '';
      throw new UserError('file-not-writable', { path: place, reason }, { cause });
    }
  }
}

function sayLast({ sets }: Results): void {
  const last = sets.at(-1);
  if (!last) return;
  const outcome = last.scores ? headline(last.scores) : 'nothing scored';
  say(`${last.name}: ${outcome} (${last.answered} of ${last.items} answered)`);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
