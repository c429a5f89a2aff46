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
import { candidates, GREEDY, Sampler } from '../../../engine/reason/sampler.ts';
import { SpeechDecoder } from '../../../engine/reason/speech-decoder.ts';
import { readTokenizer, type Tokenizer } from '../../../engine/reason/tokenizer.ts';
import { splitToolCalls } from '../../../engine/reason/tool-calls.ts';
import type { GoldenReport } from './golden-report.ts';
import { segmentsOf } from './prove-listening.ts';

const STAGE = 'reason';
const LOGITS = 5e-3;

interface GoldenMessage {
  readonly role: string;
  readonly content: string | null | { text?: string; audio?: string; token?: number[] }[];
  readonly eot?: boolean;
}
interface GoldenSampling {
  readonly settings: Record<'temperature' | 'top_p' | 'top_k' | 'repetition_penalty', number>;
  readonly kept: number;
  readonly ids: number[];
}

/** Tokenizer, prompts, history packing, tool calls, and the language model through its cache. */
export async function proveReasoning(
  report: GoldenReport,
  model: ModelPackage,
  settings: SessionSettings,
  signal: AbortSignal,
): Promise<void> {
  const tokenizer = readTokenizer(model.pathOf('tokenizer'));
  proveTexts(report, tokenizer);
  const decoder = await SpeechDecoder.open(model, settings);
  const ids = Array.from(report.array<Int32Array>('llm_input_ids').values);
  const prompt = buildPrompt(turnsOf(report.json('llm_messages'), report), tokenizer);
  report.compare(STAGE, 'llm_input_ids', prompt.ids, 0);
  const segments = prompt.audioSpans.map((_, index) => report.array(`adapter_out_${index}`).values);
  const rows = promptRows(prompt, segments, decoder.embeddings);
  report.compare(STAGE, 'llm_inputs_embeds', rows, 1e-3);
  await proveLogits(report, decoder, rows, signal);
  const logits = report.array('llm_step_logits').values.slice(0, decoder.dimensions.vocabulary);
  for (const [index, golden] of report.json<GoldenSampling[]>('sampling').entries()) {
    const { temperature, top_p: topP, top_k: topK, repetition_penalty: repetitionPenalty } = golden.settings;
    const found = candidates(logits, new Set(ids), { ...GREEDY, temperature, topP, topK, repetitionPenalty });
    report.same(STAGE, `sampling ${index}`, found.ids.slice(0, golden.ids.length), golden.ids);
    report.same(STAGE, `sampling ${index}, how many`, found.ids.length, golden.kept);
  }
  await decoder.release();
}

async function proveLogits(
  report: GoldenReport,
  decoder: SpeechDecoder,
  rows: Float32Array,
  signal: AbortSignal,
): Promise<void> {
  const { hidden, vocabulary } = decoder.dimensions;
  const last4 = new Float32Array(4 * vocabulary);
  await decoder.prefill(rows.slice(0, rows.length - 4 * hidden), signal);
  for (let row = 0; row < 4; row++) {
    const start = rows.length - (4 - row) * hidden;
    last4.set(await decoder.prefill(rows.slice(start, start + hidden), signal), row * vocabulary);
  }
  report.compare(STAGE, 'llm_prefill_logits_last4', last4, LOGITS);
  const golden = report.array<Int32Array>('llm_greedy_tokens').values;
  const steps = new Float32Array((golden.length + 1) * vocabulary);
  const sampler = new Sampler(GREEDY);
  const written: number[] = [];
  let logits = decoder.mark().logits;
  for (let step = 0; ; step++) {
    steps.set(logits, step * vocabulary);
    if (step === golden.length) break;
    written.push(sampler.choose(logits, new Set()));
    logits = await decoder.step(written[step]!, signal);
  }
  report.compare(STAGE, 'llm_step_logits', steps, LOGITS);
  report.compare(STAGE, 'llm_greedy_tokens', written, 0);
}

function proveTexts(report: GoldenReport, tokenizer: Tokenizer): void {
  for (const { text, ids, decoded } of report.json<{ text: string; ids: number[]; decoded: string }[]>(
    'tokenizer',
  )) {
    const label = JSON.stringify(text).slice(0, 20);
    report.same(STAGE, `encode ${label}`, tokenizer.encode(text), ids);
    report.same(STAGE, `decode ${label}`, tokenizer.decode(ids), decoded);
  }
  for (const { name, messages, ids } of report.json<
    { name: string; messages: GoldenMessage[]; ids: number[] }[]
  >('prompts')) {
    report.same(STAGE, `prompt ${name}`, buildPrompt(turnsOf(messages, report), tokenizer).ids, ids);
  }
  const packings = report.json<Record<'text_ids' | 'audio_ids' | 'packed', number[]>[]>('ta4');
  for (const [index, { text_ids: text, audio_ids: audio, packed }] of packings.entries()) {
    report.same(STAGE, `spoken history ${index}`, packSpokenReply(text, audio, tokenizer), packed);
  }
  const calls = report.json<{ text: string; result_with_trimmed_names: unknown }[]>('tool_calls');
  for (const [index, { text, result_with_trimmed_names: expected }] of calls.entries()) {
    report.same(STAGE, `tool calls ${index}`, splitToolCalls(text), expected);
  }
}

function turnsOf(messages: readonly GoldenMessage[], report: GoldenReport): PromptTurn[] {
  const itemsOf = (item: { text?: string; audio?: string; token?: number[] }): PromptItem[] => {
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
