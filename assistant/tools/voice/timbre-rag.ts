import { z } from 'zod';
import type { VoiceChoice, VoiceService } from '../tool-context.ts';
import { alwaysAvailable, defineTool } from '../tool.ts';

/** Words that name no quality of a voice. */
const EMPTY_WORDS = /\b(a|an|the|your|voice|voices|speaker|use|with|please|talk|speak|sound|like)\b/g;
const USUAL = /^(back to )?(normal|default|original|usual|before)$/;
const OTHER = /^(|another|different|new|next|other|someone else|something else|one|another one)$/;

export interface TimbreResult {
  readonly changed: boolean;
  readonly voice: { readonly id: string; readonly name: string; readonly description: string };
  /** What was looked for, when nothing fitted. */
  readonly notFound?: string;
  /** What of the request it has, for example "matched: elderly, male, slow". */
  readonly matched?: string;
  /** Name of the light voice that speaks in its place, because the model cannot take on a recording. */
  readonly spokenBy?: string;
}

export const timbreRag = defineTool({
  name: 'timbre_rag',
  description:
    'Switches to the voice of the local voice library that fits a description best, for example "a deep male voice", "an old sailor" or "the voice I recorded yesterday"; "normal" goes back; without one, to another voice.',
  input: z.object({ query: z.string().max(200).default('') }),
  leavesMachine: false,
  // Descriptions come with voice packs: what stands in them leads to nothing.
  bringsForeignWords: true,
  availability: alwaysAvailable,
  async run({ query }, { services }): Promise<TimbreResult> {
    const wanted = query
      .toLowerCase()
      .replace(/'s\b/g, '')
      .replace(EMPTY_WORDS, ' ')
      .trim()
      .replace(/\s+/g, ' ');
    const current = services.voices.current();
    const recorded = services.voices.recorded?.(query);
    const found = recorded ? recorded.found : findVoice(wanted, services.voices);
    if (!found) return { changed: false, voice: described(current), notFound: query };
    if (found.id !== current.id) await services.voices.select(found.id);
    const spokenBy = services.voices.standIn?.(found.id);
    return {
      changed: found.id !== current.id,
      voice: described(found),
      ...(found.matched ? { matched: found.matched } : {}),
      ...(spokenBy ? { spokenBy } : {}),
    };
  },
});

function findVoice(wanted: string, voices: VoiceService): VoiceChoice | undefined {
  const all = voices.all();
  const current = voices.current();
  const at = all.findIndex((voice) => voice.id === current.id);
  const step = (by: number) => all[(at + by + all.length) % all.length];
  if (OTHER.test(wanted)) return step(1);
  if (wanted === 'previous') return step(-1);
  if (USUAL.test(wanted)) return voices.usual?.() ?? all[0];
  if (wanted === 'first') return all[0];
  if (wanted === 'second') return all[1];
  return voices.search(wanted)[0];
}

function described({ id, name, description }: VoiceChoice) {
  return { id, name, description };
}
