import type { PromptContent, PromptMessage, ReplyRequest } from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import type { PromptItem, PromptTurn } from '../reason/prompt.ts';
import { SPECIAL_TOKENS } from '../reason/special-tokens.ts';
import { spacedJson } from '../reason/spaced-json.ts';
import type { ReplyMode } from './reply-mode.ts';

/** The sound of an utterance as rows of the decoder; undefined when it is gone. */
export type SegmentsOf = (utteranceId: string) => readonly Float32Array[] | undefined;

/** A part of a prompt that stays or goes as one, with the sound that it names, in order. */
export interface PromptPart {
  readonly turns: readonly PromptTurn[];
  readonly segments: readonly Float32Array[];
}

/** A prompt before it is fitted into the model's context. */
export interface PromptParts {
  /** System text and tools. */
  readonly opening: PromptPart;
  /** Exchanges, oldest first: a human message and what was answered. The last one is what is asked now. */
  readonly exchanges: readonly PromptPart[];
}

/**
 * The official order: system, tool schemas, then the conversation (spec section 7).
 *
 * @param hidden the width of a row
 */
export function promptParts(
  request: ReplyRequest,
  mode: ReplyMode,
  hidden: number,
  segmentsOf: SegmentsOf,
): PromptParts {
  const { messages, tools } = request;
  const asked = messages.findLastIndex(({ role }) => role === 'human');
  if (asked < 0) throw new UserError('bad-request', { field: 'messages' });
  const system = mode.instruction
    ? [{ role: 'system', content: mode.instruction } as const]
    : messages.filter(({ role }) => role === 'system').map(textTurn);
  const schemas =
    mode.conversational && tools.length > 0
      ? [{ role: 'tool_json_schemas', content: spacedJson(tools) } as const]
      : [];
  const spoken = mode.conversational
    ? messages.filter(({ role }) => role !== 'system' && role !== 'tool_json_schemas')
    : [messages[asked]!];
  return {
    opening: { turns: [...system, ...schemas], segments: [] },
    exchanges: groupedByQuestion(spoken).map((group) => promptPart(group, hidden, segmentsOf)),
  };
}

function groupedByQuestion(messages: readonly PromptMessage[]): PromptMessage[][] {
  const groups: PromptMessage[][] = [];
  for (const message of messages) {
    if (message.role === 'human' || groups.length === 0) groups.push([]);
    groups.at(-1)!.push(message);
  }
  return groups;
}

function promptPart(messages: readonly PromptMessage[], hidden: number, segmentsOf: SegmentsOf): PromptPart {
  const segments: Float32Array[] = [];
  const itemsOf = (content: PromptContent): PromptItem[] => {
    if ('spokenTokens' in content)
      return [{ text: SPECIAL_TOKENS.speechStart }, { ids: content.spokenTokens }];
    if (!('utteranceId' in content)) return [{ text: content.text }];
    const heard = segmentsOf(content.utteranceId);
    if (!heard) return [{ text: content.text ?? '' }];
    segments.push(...heard);
    return heard.map((segment) => ({ audioRows: segment.length / hidden }));
  };
  const turns = messages.map((message) =>
    message.content.every((item) => 'text' in item && !('utteranceId' in item)) &&
    message.content.length === 1
      ? textTurn(message)
      : { role: message.role, content: message.content.flatMap(itemsOf) },
  );
  return { turns, segments };
}

/** A message of one text is tokenised together with its frame. */
function textTurn({ role, content }: PromptMessage): PromptTurn {
  const texts = content.flatMap((item) => ('text' in item && item.text !== undefined ? [item.text] : []));
  return { role, content: texts.join('\n') };
}

/** For the base models, which know no roles: everything follows each other as it is. */
export function withoutFrames({ opening, exchanges }: PromptParts): PromptParts {
  const unframed = (part: PromptPart): PromptPart => ({
    ...part,
    turns: part.turns.map((turn) => ({ ...turn, isFramed: false })),
  });
  return { opening: unframed(opening), exchanges: exchanges.map(unframed) };
}
