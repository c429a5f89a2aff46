import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { KnowledgeStatus } from '../../contract/knowledge.ts';
import { exitCodes, runWithAssistant } from '../command-runtime.ts';
import { printRows } from '../table.ts';

/** `sotto knowledge`: the folders whose files may be searched, and what stands in them. */
export function addKnowledge(program: Command): Command {
  const knowledge = program
    .command('knowledge')
    .description('search your own files, and say in which folders');
  knowledge
    .command('list')
    .description('list the folders and how much of them is known')
    .option('--json', 'print JSON instead of text', false)
    .action((options: { json: boolean }) => list(options));
  knowledge
    .command('add')
    .description('let the files of a folder be searched, and read them')
    .argument('<folder>')
    .option('--json', 'print JSON instead of text', false)
    .action((folder: string, options: { json: boolean }) => add(folder, options));
  knowledge
    .command('remove')
    .description('search a folder no longer, and forget what was read')
    .argument('<folder>')
    .option('--json', 'print JSON instead of text', false)
    .action((folder: string, options: { json: boolean }) => remove(folder, options));
  knowledge
    .command('search')
    .description('find the passages that answer a question')
    .argument('<words...>')
    .option('--json', 'print JSON instead of text', false)
    .action((words: string[], options: { json: boolean }) => search(words.join(' '), options));
  return knowledge;
}

function list(options: { json: boolean }): Promise<void> {
  return runWithAssistant({ loadModel: false }, async ({ assistant }, signal) => {
    const { folders } = await assistant.refreshKnowledge({}, signal);
    return printFolders(folders, options);
  });
}

function add(folder: string, options: { json: boolean }): Promise<void> {
  return runWithAssistant({ loadModel: false }, async ({ assistant }, signal) => {
    await assistant.addKnowledgeFolder({ path: resolve(folder) }, signal);
    const { folders } = await assistant.refreshKnowledge({}, signal);
    return printFolders(folders, options);
  });
}

function remove(folder: string, options: { json: boolean }): Promise<void> {
  return runWithAssistant({ loadModel: false }, async ({ assistant }, signal) => {
    await assistant.removeKnowledgeFolder({ path: resolve(folder) }, signal);
    const { folders } = await assistant.refreshKnowledge({}, signal);
    return printFolders(folders, options);
  });
}

function printFolders(folders: KnowledgeStatus['folders'], options: { json: boolean }): number {
  const columns = ['path', 'files', 'passages', 'unread', 'problem'] as const;
  printRows(folders, columns, options.json, 'There are no folders.');
  return exitCodes.ok;
}

function search(query: string, options: { json: boolean }): Promise<void> {
  return runWithAssistant({ loadModel: false }, async ({ assistant }, signal) => {
    await assistant.refreshKnowledge({}, signal);
    const found = await assistant.searchKnowledge({ query, limit: 5 }, signal);
    printRows(found, ['title', 'heading', 'extract', 'path'], options.json, 'Nothing was found.');
    return exitCodes.ok;
  });
}
