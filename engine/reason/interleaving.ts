import { SPECIAL_TOKENS } from './special-tokens.ts';
import type { Tokenizer } from './tokenizer.ts';

/** Speech tokens that follow each text token. */
export const SPEECH_TOKENS_PER_TEXT = 4;

/**
 * A spoken reply for the history: `<tts_start>`, slots of one text id and up to four speech ids, `<tts_end>`. Text
 * slots without text hold `<tts_pad>`. Missing speech is filled by (slots - speech ids) fillers in all, as the models'
 * own packer does, so that the last slots may be short. Ids as the model wrote them, kept raw, are better history.
 */
export function packSpokenReply(
  textIds: readonly number[],
  speechIds: readonly number[],
  tokenizer: Tokenizer,
): number[] {
  const { speechStart, speechEnd, speechPadding, speechFiller } = SPECIAL_TOKENS;
  const slots = Math.max(Math.ceil(speechIds.length / SPEECH_TOKENS_PER_TEXT), textIds.length);
  const fillers = Math.max(0, slots - speechIds.length);
  const speech = [...speechIds, ...new Array<number>(fillers).fill(tokenizer.idOf(speechFiller))];
  const packed = [tokenizer.idOf(speechStart)];
  for (let slot = 0; slot < slots; slot++) {
    const first = slot * SPEECH_TOKENS_PER_TEXT;
    packed.push(textIds[slot] ?? tokenizer.idOf(speechPadding));
    packed.push(...speech.slice(first, first + SPEECH_TOKENS_PER_TEXT));
  }
  return [...packed, tokenizer.idOf(speechEnd)];
}
