import { readFileSync } from 'node:fs';

export type InjectionPlace =
  | 'page'
  | 'search-extract'
  | 'tool-result'
  | 'voice-description'
  | 'server-description'
  | 'file-name'
  | 'file-content';

/** Words of a stranger that want something, and where they stand. */
export interface Injection {
  readonly name: string;
  readonly place: InjectionPlace;
  readonly text: string;
}

export const injections = JSON.parse(
  readFileSync(new URL('./injections.json', import.meta.url), 'utf8'),
) as readonly Injection[];

export const injectionsIn = (...places: readonly InjectionPlace[]): readonly Injection[] =>
  injections.filter(({ place }) => places.includes(place));

/** Control tokens of the models, and characters that nobody sees. */
export const CONTROL =
  /<\|(?:EOT|BOT|endoftext|im_start|im_end)\|>|<\/?tool_call>|<\/?think>|<(?:audio|tts)_\w+>|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u{e0000}-\u{e01ef}]|[^\P{Cc}\n]/u;
