import { SPECIAL_TOKENS } from './special-tokens.ts';
import type { Tokenizer } from './tokenizer.ts';

export type PromptRole = 'system' | 'human' | 'assistant' | 'tool_json_schemas' | 'input';

/** One item of a message: text, an audio segment of so many adaptor rows, or raw ids of an earlier reply. */
export type PromptItem =
  { readonly text: string } | { readonly audioRows: number } | { readonly ids: readonly number[] };

export interface PromptTurn {
  readonly role: PromptRole;
  /** A plain string is tokenised together with its frame; `null` opens a turn for the model to write. */
  readonly content: string | null | readonly PromptItem[];
  /** False leaves the turn open, for a reply whose beginning is given. */
  readonly endOfTurn?: boolean;
  /** False writes the content alone, for models that know no turns. */
  readonly isFramed?: boolean;
}

export interface AudioSpan {
  /** Index of the first `<audio_patch>` in the prompt. */
  readonly start: number;
  readonly rows: number;
}

export interface Prompt {
  readonly ids: readonly number[];
  /** In order; one for each audio item, to be overwritten by the adaptor's rows. */
  readonly audioSpans: readonly AudioSpan[];
}

/** Roles whose text comes from outside: control tokens written in it are content, not control. */
const OUTSIDE_ROLES: readonly PromptRole[] = ['human', 'input', 'tool_json_schemas'];

/** The official template: `<|BOT|>role`, newline, content, `<|EOT|>`; merges never cross the pieces' borders. */
export function buildPrompt(turns: readonly PromptTurn[], tokenizer: Tokenizer): Prompt {
  const ids: number[] = [];
  const audioSpans: AudioSpan[] = [];
  const write = (pieces: readonly string[]) => {
    for (const piece of pieces) ids.push(...tokenizer.encode(piece));
  };
  const { beginOfTurn, endOfTurn, audioStart, audioPatch, audioEnd } = SPECIAL_TOKENS;
  for (const turn of turns) {
    const isFramed = turn.isFramed !== false;
    const opening = isFramed ? `${beginOfTurn}${turn.role}\n` : '';
    const closing = !isFramed || turn.endOfTurn === false ? '' : endOfTurn;
    const spelled = (text: string) =>
      OUTSIDE_ROLES.includes(turn.role) ? tokenizer.literalPieces(text) : [text];
    if (turn.content === null) {
      write([opening]);
    } else if (typeof turn.content === 'string') {
      write(framed(opening, spelled(turn.content), closing));
    } else {
      write([opening]);
      for (const item of turn.content) {
        if ('text' in item) {
          write(spelled(item.text));
        } else if ('ids' in item) {
          ids.push(...item.ids);
        } else {
          ids.push(tokenizer.idOf(audioStart));
          audioSpans.push({ start: ids.length, rows: item.audioRows });
          ids.push(...new Array<number>(item.audioRows).fill(tokenizer.idOf(audioPatch)));
          ids.push(tokenizer.idOf(audioEnd));
        }
      }
      write([closing]);
    }
  }
  return { ids, audioSpans };
}

/** The frame's first and last part belong to the first and last piece, as if the text were one. */
function framed(opening: string, pieces: readonly string[], closing: string): string[] {
  const all = [...pieces];
  all[0] = opening + all[0]!;
  all[all.length - 1] += closing;
  return all;
}
