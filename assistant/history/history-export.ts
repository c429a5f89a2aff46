import type { ConversationSummary, TurnRecord } from '../../contract/history.ts';
import { UNSURE, type Tag } from '../../contract/tags.ts';

export interface ExportedConversation {
  readonly summary: ConversationSummary;
  readonly turns: readonly TurnRecord[];
}
export interface ExportedFile {
  readonly fileName: string;
  readonly text: string;
}

/** Conversations as one JSON file: everything but the audio. */
export function exportJson(conversations: readonly ExportedConversation[], at: number): ExportedFile {
  const content = {
    format: 'sotto-history',
    version: 1,
    exportedAt: new Date(at).toISOString(),
    conversations: conversations.map(({ summary, turns }) => ({
      id: summary.id,
      title: summary.title,
      startedAt: new Date(summary.startedAt).toISOString(),
      updatedAt: new Date(summary.updatedAt).toISOString(),
      turns: turns.map((turn) => ({ ...turn, startedAt: new Date(turn.startedAt).toISOString() })),
    })),
  };
  return { fileName: fileName(conversations, at, 'json'), text: `${JSON.stringify(content, null, 2)}\n` };
}

/** Conversations as one Markdown file, for reading. */
export function exportMarkdown(conversations: readonly ExportedConversation[], at: number): ExportedFile {
  const sections = conversations.map(({ summary, turns }) =>
    [
      `## ${escaped(summary.title) || 'Conversation'}`,
      `*${readableTime(summary.startedAt)}*`,
      ...turns.map(turnText),
    ].join('\n\n'),
  );
  const text = ['# Sotto: history', ...sections].join('\n\n');
  return { fileName: fileName(conversations, at, 'md'), text: `${text}\n` };
}

function turnText(turn: TurnRecord): string {
  const tags = turn.tags.filter((tag) => tag.value !== UNSURE || tag.source === 'person').map(tagText);
  const tone = turn.tone?.effects.map(
    ({ effect, because }) => `${effect}, because ${because.name}: ${because.value}`,
  );
  const tools = turn.toolCalls.map((call) => {
    const outcome = call.failure ? `failed (${call.failure.code})` : JSON.stringify(call.result);
    return `- Tool ${code(`${call.name} ${JSON.stringify(call.arguments)}`)}: ${code(outcome)}`;
  });
  const parts = [
    turn.transcript &&
      `**You**${tags.length > 0 ? ` (${tags.join(', ')})` : ''}: ${escaped(turn.transcript)}`,
    tools.join('\n'),
    turn.reply && `**Sotto**${tone ? ` (${escaped(tone.join('; '))})` : ''}: ${escaped(turn.reply)}`,
    turn.outcome !== 'completed' && `*${turn.outcome}${turn.failure ? `: ${turn.failure.code}` : ''}*`,
  ];
  return parts.filter(Boolean).join('\n\n');
}

/** What a person corrected says what had been heard. */
function tagText({ name, value, source, heard, carriedOver }: Tag): string {
  if (source !== 'person') return escaped(`${name}: ${value}`);
  const before = heard ? `, heard as ${heard.value}` : '';
  return escaped(`${name}: ${value}, ${carriedOver ? 'corrected as before' : 'corrected'}${before}`);
}

/** What was said never becomes a heading, a link or HTML. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&').replace(/\s*\n\s*/g, ' ');
}

function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

function readableTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ');
}

function fileName(conversations: readonly ExportedConversation[], at: number, extension: string): string {
  const day = new Date(at).toISOString().slice(0, 10);
  const title = conversations.length === 1 ? (conversations[0]?.summary.title ?? '') : '';
  const words = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return `sotto-${words || 'history'}-${day}.${extension}`;
}
