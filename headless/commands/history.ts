import { writeFile } from 'node:fs/promises';
import { tagNames, type TagFilter, type TagName } from '../../contract/tags.ts';
import { UserError } from '../../contract/user-errors.ts';
import { exitCodes, runWithAssistant } from '../command-runtime.ts';
import { describeTags } from '../file-result.ts';
import { printRows } from '../table.ts';

export interface HistoryOptions {
  readonly json: boolean;
  readonly limit: number;
  readonly show?: string;
  readonly export?: 'json' | 'markdown';
  readonly out?: string;
  readonly delete?: string;
  readonly tag?: readonly TagFilter[];
  readonly tags?: boolean;
}

/** `sotto history`: list, search, show, export and delete conversations. */
export function history(query: string | undefined, options: HistoryOptions): Promise<void> {
  return runWithAssistant({ loadModel: false }, async ({ assistant }, signal) => {
    if (options.delete) {
      await assistant.deleteConversation({ conversationId: options.delete }, signal);
    } else if (options.export) {
      const { text } = await assistant.exportHistory(
        { format: options.export, conversationId: options.show },
        signal,
      );
      await write(text, options.out);
    } else if (options.tags) {
      const counts = await assistant.countTags({}, signal);
      const rows = counts.map((count) => ({ ...count, tag: `${count.name}=${count.value}` }));
      printRows(rows, ['tag', 'turns'], options.json, 'Nothing was heard beside the words yet.');
    } else if (options.show) {
      const turns = await assistant.getConversation({ conversationId: options.show }, signal);
      const rows = turns.map((turn) => ({
        ...turn,
        at: timeOf(turn.startedAt),
        said: turn.transcript,
        heard: describeTags(turn.tags),
        answered: turn.reply,
      }));
      printRows(rows, ['at', 'said', 'heard', 'answered'], options.json, 'This conversation is empty.');
    } else {
      const found = await assistant.listConversations(
        { query, tags: [...(options.tag ?? [])], limit: options.limit },
        signal,
      );
      const rows = found.map((conversation) => ({
        ...conversation,
        at: timeOf(conversation.updatedAt),
        text: conversation.snippet ?? conversation.title,
      }));
      printRows(
        rows,
        ['id', 'at', 'turnCount', 'text'],
        options.json,
        query || options.tag ? 'Nothing was found.' : 'There is no history.',
      );
    }
    return exitCodes.ok;
  });
}

/** "emotion=sad" as a filter; undefined when it is none. */
export function readTagFilter(text: string): TagFilter | undefined {
  const [name = '', ...rest] = text.split('=');
  const value = rest.join('=').trim();
  const isName = (tagNames as readonly string[]).includes(name.trim());
  return isName && value ? { name: name.trim() as TagName, value } : undefined;
}

async function write(text: string, path: string | undefined): Promise<void> {
  if (!path) {
    process.stdout.write(text);
    return;
  }
  try {
    await writeFile(path, text);
  } catch (cause) {
    throw new UserError(
      'file-not-writable',
      { path, reason: (cause as NodeJS.ErrnoException).code ?? '' },
      { cause },
    );
  }
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
