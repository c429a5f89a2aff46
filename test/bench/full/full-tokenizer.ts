import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { byteOfCharacter } from '../../../engine/reason/byte-alphabet.ts';

const TEXT_TOKENS = 151_643;
const SPECIAL: Readonly<Record<string, number>> = {
  '<|endoftext|>': 151_643,
  '<|im_end|>': 151_645,
  '<|EOT|>': 151_665,
  '<|BOT|>': 151_666,
  '<audio_start>': 151_688,
  '<audio_end>': 151_689,
  '<audio_patch>': 151_690,
  '<tts_start>': 151_693,
  '<tts_end>': 151_694,
  '<tts_pad>': 151_695,
};
const FIRST_SPEECH_TOKEN = 151_696;
const SPEECH_TOKENS = 6562;

/** A byte-level vocabulary with the official ids of the control and speech tokens; no merges. */
export function writeTokenizer(folder: string): void {
  const vocabulary: Record<string, number> = {};
  for (const character of byteOfCharacter.keys()) vocabulary[character] = Object.keys(vocabulary).length;
  for (let id = byteOfCharacter.size; id < TEXT_TOKENS; id++) vocabulary[`Ġ${id}`] = id;
  const added = { ...SPECIAL };
  for (let code = 0; code < SPEECH_TOKENS; code++) added[`<audio_${code}>`] = FIRST_SPEECH_TOKEN + code;
  writeFileSync(join(folder, 'vocab.json'), JSON.stringify(vocabulary));
  writeFileSync(join(folder, 'merges.txt'), '#version: 0.2\n');
  writeFileSync(join(folder, 'added_tokens.json'), JSON.stringify(added));
}
