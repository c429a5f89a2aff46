import type { ModelPackage } from '../../../engine/convert/model-package.ts';
import type { SessionSettings } from '../../../engine/onnx/session.ts';
import { packSpokenReply } from '../../../engine/reason/interleaving.ts';
import {
  buildPrompt,
  type PromptItem,
  type PromptRole,
  type PromptTurn,
} from '../../../engine/reason/prompt.ts';
import { promptRows } from '../../../engine/reason/prompt-rows.ts';
import { candidates, GREEDY } from '../../../engine/reason/sampler.ts';
import { SpeechDecoder } from '../../../engine/reason/speech-decoder.ts';
import { readTokenizer, type Tokenizer } from '../../../engine/reason/tokenizer.ts';
import { splitToolCalls } from '../../../engine/reason/tool-calls.ts';
import { difference, type GoldenReport } from './golden-report.ts';
import { proveInside, proveLogits } from './prove-decoder.ts';
import { segmentsOf } from './prove-listening.ts';

const STAGE = 'reason';
const PROBABILITIES = 1e-3;

interface GoldenItem {
  readonly text?: string;
  readonly audio?: string;
  readonly token?: number[];
}
interface GoldenMessage {
  readonly role: string;
  readonly content: string | null | GoldenItem[];
  readonly eot?: boolean;
}
interface GoldenSampling {
  readonly settings: Record<'temperature' | 'top_p' | 'top_k' | 'repetition_penalty', number>;
  readonly kept: number;
  readonly ids: number[];
  readonly probs?: number[];
}

/** Tokenizer, prompts, history packing, tool calls, and the language model through its cache. */
export async function proveReasoning(
  report: GoldenReport,
  model: ModelPackage,
  settings: SessionSettings,
  signal: AbortSignal,
): Promise<void> {
  const tokenizer = readTokenizer(model.pathOf('tokenizer'));
  await proveTexts(report, tokenizer);
  const decoder = await SpeechDecoder.open(model, settings);
  let rows: Float32Array | undefined;
  await report.part(STAGE, 'prompt of the conversation', () => {
    const messages = report.json<GoldenMessage[]>('llm_messages');
    const prompt = buildPrompt(turnsOf(messages, report), tokenizer);
    report.compare(STAGE, 'llm_input_ids', prompt.ids, 0);
    const segments = heardIn(messages, report).map((index) => report.array(`adapter_out_${index}`).values);
    rows = promptRows(prompt, segments, decoder.embeddings);
    report.compare(STAGE, 'llm_inputs_embeds', rows, 1e-3);
  });
  if (rows) {
    const given = rows;
    await report.part(STAGE, 'decoder', () => proveLogits(report, decoder, given, signal));
    await report.part(STAGE, 'inside the decoder', () =>
      proveInside(report, model, settings, decoder, given),
    );
  }
  await report.part(STAGE, 'sampling', () => proveSampling(report, decoder.dimensions.vocabulary));
  await decoder.release();
}

function proveSampling(report: GoldenReport, vocabulary: number): void {
  const logits = report.array('llm_step_logits').values.slice(0, vocabulary);
  const seen = new Set(report.array<Int32Array>('llm_input_ids').values);
  for (const [index, golden] of report.json<GoldenSampling[]>('sampling').entries()) {
    const { temperature, top_p: topP, top_k: topK, repetition_penalty: repetitionPenalty } = golden.settings;
    const found = candidates(logits, seen, { ...GREEDY, temperature, topP, topK, repetitionPenalty });
    report.same(STAGE, `sampling ${index}`, found.ids.slice(0, golden.ids.length), golden.ids);
    report.same(STAGE, `sampling ${index}, how many`, found.ids.length, golden.kept);
    if (!golden.probs) continue;
    const { absolute } = difference(found.probabilities.slice(0, golden.probs.length), golden.probs);
    report.same(STAGE, `sampling ${index}, how likely`, absolute <= PROBABILITIES, true);
  }
}

async function proveTexts(report: GoldenReport, tokenizer: Tokenizer): Promise<void> {
  await report.part(STAGE, 'tokenizer', () => {
    const texts = report.json<{ text: string; ids: number[]; decoded: string }[]>('tokenizer');
    for (const { text, ids, decoded } of texts) {
      const label = JSON.stringify(text).slice(0, 20);
      report.same(STAGE, `encode ${label}`, tokenizer.encode(text), ids);
      report.same(STAGE, `decode ${label}`, tokenizer.decode(ids), decoded);
    }
  });
  await report.part(STAGE, 'prompts', () => {
    const prompts = report.json<{ name: string; messages: GoldenMessage[]; ids: number[] }[]>('prompts');
    for (const { name, messages, ids } of prompts)
      report.same(STAGE, `prompt ${name}`, buildPrompt(turnsOf(messages, report), tokenizer).ids, ids);
  });
  await report.part(STAGE, 'spoken history', () => {
    const packings = report.json<Record<'text_ids' | 'audio_ids' | 'packed', number[]>[]>('ta4');
    for (const [index, { text_ids: text, audio_ids: audio, packed }] of packings.entries())
      report.same(STAGE, `spoken history ${index}`, packSpokenReply(text, audio, tokenizer), packed);
  });
  await report.part(STAGE, 'tool calls', () => {
    const calls = report.json<{ text: string; result_with_trimmed_names: unknown }[]>('tool_calls');
    for (const [index, { text, result_with_trimmed_names: expected }] of calls.entries())
      report.same(STAGE, `tool calls ${index}`, splitToolCalls(text), expected);
  });
}

function turnsOf(messages: readonly GoldenMessage[], report: GoldenReport): PromptTurn[] {
  const itemsOf = (item: GoldenItem): PromptItem[] => {
    if (item.text !== undefined) return [{ text: item.text }];
    if (item.token) return [{ ids: item.token }];
    const pieces = segmentsOf(report).filter(({ wav }) => wav === item.audio);
    return pieces.map(({ tokens }) => ({ audioRows: tokens }));
  };
  return messages.map(({ role, content, eot }) => ({
    role: (role === 'user' ? 'human' : role) as PromptRole,
    content: Array.isArray(content) ? content.flatMap(itemsOf) : content,
    endOfTurn: eot ?? true,
  }));
}

/** Indices of the set's segments in the order in which the conversation has them. */
function heardIn(messages: readonly GoldenMessage[], report: GoldenReport): number[] {
  const segments = segmentsOf(report);
  const items = messages.flatMap(({ content }) => (Array.isArray(content) ? content : []));
  return items.flatMap(({ audio }) =>
    segments.flatMap(({ wav }, index) => (wav === audio && audio !== undefined ? [index] : [])),
  );
}
