import { promptRows } from '../reason/prompt-rows.ts';
import { buildPrompt } from '../reason/prompt.ts';
import type { SpeechDecoder } from '../reason/speech-decoder.ts';
import type { Tokenizer } from '../reason/tokenizer.ts';
import type { StarterParts } from './starter-parts.ts';

/** Opens the decoder's thinking, where the transcript goes. */
const THINK_OPENING = '<think>\n';
const THINK_CLOSING = '\n</think>\n';

/** The decoder's input up to the place where a transcript begins: float32 [position, hidden]. */
export function conversePrompt(
  audioRows: Float32Array,
  decoder: SpeechDecoder,
  tokenizer: Tokenizer,
): Float32Array {
  const rows = audioRows.length / decoder.dimensions.hidden;
  const prompt = buildPrompt(
    [
      { role: 'system', content: 'converse' },
      { role: 'human', content: [{ audioRows: rows }] },
      { role: 'assistant', content: THINK_OPENING, endOfTurn: false },
    ],
    tokenizer,
  );
  return promptRows(prompt, [audioRows], decoder.embeddings);
}

/** A transcript and what closes it, up to the place where a frame begins. */
export function transcriptIds(transcript: string, tokenizer: Tokenizer): number[] {
  return [...tokenizer.encodeUntrusted(transcript), ...tokenizer.encode(THINK_CLOSING)];
}

/** The audio of a typed turn. */
export const NO_AUDIO = new Float32Array();

/** Brings the decoder to the place where the frame of a transcript begins. */
export async function standBeforeFrame(
  transcript: string,
  audioRows: Float32Array,
  parts: Pick<StarterParts, 'decoder' | 'tokenizer'>,
  signal: AbortSignal,
): Promise<void> {
  const { decoder, tokenizer } = parts;
  decoder.reset();
  await decoder.prefill(conversePrompt(audioRows, decoder, tokenizer), signal);
  await decoder.append(transcriptIds(transcript, tokenizer), signal);
}
