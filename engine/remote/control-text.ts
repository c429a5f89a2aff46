import { SPEECH_CODES } from '../reason/special-tokens.ts';

const controlText =
  /<audio_(?:(\d{1,5})|start|end|patch)>|<tts_(?:start|end|pad)>|<\|(?:EOT|BOT|endoftext|im_start|im_end)\|>/g;
/** The end of a text that may become a control token with what follows. */
const openEnd = /<(?:\|?[A-Za-z_]*|audio_\d{0,5})\|?$/;

/** Text without control tokens, and the speech tokens that stood in it. */
export interface PlainPiece {
  readonly text: string;
  /** Entries of the speech codebook; fillers are left out. */
  readonly codes: readonly number[];
}

/**
 * Servers without a speech parser write speech tokens between the words, and others leave control tokens in the text.
 * Takes them out of a text that arrives in pieces; what could be the beginning of one is held back.
 */
export class ControlTextReader {
  #pending = '';

  push(text: string): PlainPiece {
    const whole = this.#pending + text;
    const open = openEnd.exec(whole);
    this.#pending = open ? whole.slice(open.index) : '';
    return plain(open ? whole.slice(0, open.index) : whole);
  }

  finish(): PlainPiece {
    const rest = this.#pending;
    this.#pending = '';
    return plain(rest);
  }
}

/** The codes of `<audio_17><audio_4>`. */
export function speechCodes(text: string): number[] {
  return [...plain(text).codes];
}

function plain(text: string): PlainPiece {
  const codes: number[] = [];
  const words = text.replace(controlText, (_token, number: string | undefined) => {
    if (number !== undefined && Number(number) < SPEECH_CODES) codes.push(Number(number));
    return '';
  });
  return { text: words, codes };
}

/**
 * Text from outside, with every control token in it spelled apart: the server makes tokens of whatever looks like one.
 */
export function withoutControl(text: string): string {
  return text.replace(/<(?=\||\/?(?:tool_call|think)>|(?:audio|tts)_\w{1,8}>)/g, '< ');
}
