import type { Intent } from './domain-grammar.ts';

/** What may follow a beginning of a frame. */
export type Acceptance =
  | { readonly kind: 'dead' }
  | { readonly kind: 'complete'; readonly frame: Frame }
  /** Fixed texts, one of which must come next (whole, or cut where the beginning already holds a part). */
  | { readonly kind: 'literals'; readonly literals: readonly string[] }
  /** Inside a slot value: any of these, each from here to the end of a word. */
  | { readonly kind: 'value' };

export interface Frame {
  readonly intent: string;
  readonly slots: Readonly<Record<string, string>>;
}

const TOOL_OPENING = '<tool_call>function\n';
const INTENT_OPENING = '<intent>';
const DEAD: Acceptance = { kind: 'dead' };

/**
 * Judges the beginning of a frame as the decoder writes it: `<tool_call>function\nNAME\n{"slot": "value"}</tool_call>`
 * or `<intent>NAME\n{}</intent>`, with known names, slots in their order, required slots present, and values that
 * are word sequences of the transcript.
 */
export class FrameAcceptor {
  readonly #intents: ReadonlyMap<string, Intent>;
  readonly #transcript: string;
  readonly #starts: readonly number[];
  readonly #ends: ReadonlySet<number>;

  constructor(intents: ReadonlyMap<string, Intent>, transcript: string) {
    this.#intents = intents;
    this.#transcript = transcript;
    const borders = [...transcript.matchAll(/[a-z0-9']+/g)].flatMap((word) =>
      wordBorders(word[0], word.index),
    );
    this.#starts = borders.map(({ start }) => start);
    this.#ends = new Set(borders.map(({ end }) => end));
  }

  accept(text: string): Acceptance {
    const opening = [TOOL_OPENING, INTENT_OPENING].find((literal) => text.startsWith(literal));
    if (!opening) return literals(text, [TOOL_OPENING, INTENT_OPENING]);
    const kind = opening === TOOL_OPENING ? 'tool' : 'intent';
    const rest = text.slice(opening.length);
    const line = rest.indexOf('\n');
    if (line < 0) {
      const names = [...this.#intents.values()]
        .filter((intent) => intent.kind === kind)
        .map(({ name }) => `${name}\n`);
      return literals(rest, names);
    }
    const intent = this.#intents.get(rest.slice(0, line));
    if (!intent || intent.kind !== kind) return DEAD;
    return this.#acceptSlots(rest.slice(line + 1), intent, kind === 'tool' ? '</tool_call>' : '</intent>');
  }

  #acceptSlots(text: string, intent: Intent, closing: string): Acceptance {
    const slots: Record<string, string> = {};
    let rest = text;
    let next = 0;
    for (let opening = '{'; ; opening = ', ') {
      const choices = slotOpenings(intent, next, opening, closing);
      const taken = [...choices.keys()].find((literal) => rest.startsWith(literal));
      if (taken === undefined) return literals(rest, [...choices.keys()]);
      const slot = choices.get(taken) as number;
      rest = rest.slice(taken.length);
      if (slot < 0) return rest === '' ? { kind: 'complete', frame: { intent: intent.name, slots } } : DEAD;
      const quote = rest.indexOf('"');
      const value = quote < 0 ? rest : rest.slice(0, quote);
      if (!this.#occurs(value, quote >= 0)) return DEAD;
      if (quote < 0) return { kind: 'value' };
      slots[intent.slots[slot]?.name as string] = value;
      rest = rest.slice(quote + 1);
      next = slot + 1;
    }
  }

  /** Whether the transcript has these words; whole ones at the end where the value is closed. */
  #occurs(value: string, closed: boolean): boolean {
    if (closed && value === '') return false;
    return this.#starts.some(
      (start) =>
        this.#transcript.startsWith(value, start) && (!closed || this.#ends.has(start + value.length)),
    );
  }
}

/** Every literal that may come before slot `next` or later, with the slot it opens, or -1 for the end. */
function slotOpenings(intent: Intent, next: number, opening: string, closing: string): Map<string, number> {
  const choices = new Map<string, number>();
  for (let slot = next; slot < intent.slots.length; slot++) {
    choices.set(`${opening}"${intent.slots[slot]?.name}": "`, slot);
    if (intent.slots[slot]?.required) return choices;
  }
  choices.set(`${opening === '{' ? '{' : ''}}${closing}`, -1);
  return choices;
}

function literals(text: string, choices: readonly string[]): Acceptance {
  const open = choices
    .filter((literal) => literal.startsWith(text))
    .map((literal) => literal.slice(text.length));
  return open.length > 0 ? { kind: 'literals', literals: open } : DEAD;
}

/** A word, and the word without an ending such as 's. */
function wordBorders(word: string, start: number): { start: number; end: number }[] {
  const apostrophe = word.lastIndexOf("'");
  const whole = { start, end: start + word.length };
  return apostrophe > 0 ? [whole, { start, end: start + apostrophe }] : [whole];
}
