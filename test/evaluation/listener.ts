import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openModelPackage } from '../../engine/convert/model-package.ts';
import { Utterance } from '../../engine/listen/utterance.ts';
import { readWav } from '../../engine/listen/wav-file.ts';
import { openSession, type OnnxSession } from '../../engine/onnx/session.ts';
import { threadCount } from '../../engine/onnx/threads.ts';
import { voiceDetectorPath } from '../../engine/process/engine-paths.ts';
import { hearSpeech } from '../../engine/recognise/hear-speech.ts';
import type { Hearing, Speech } from '../../engine/recognise/hearing.ts';
import { openStarterParts, type StarterParts } from '../../engine/recognise/starter-parts.ts';
import { understandWords } from '../../engine/recognise/understand-words.ts';
import type { Understanding } from '../../engine/recognise/understanding.ts';
import type { TestUtterance } from './evaluation-sets.ts';

const root = resolve(import.meta.dirname, '..', '..');
const signal = new AbortController().signal;

export type Change = (samples: Float32Array) => Float32Array;
const asItIs: Change = (samples) => samples;

/** What the engine made of a test utterance. */
export interface Outcome {
  readonly utterance: TestUtterance;
  readonly hearing: Hearing;
  readonly understanding: Understanding;
  readonly seconds: number;
  /** From the end of the utterance to the frame; voice activity runs before, while the key is held. */
  readonly milliseconds: number;
}

/** The engine's listening half, opened on a package, with the parts at hand that its events do not tell. */
export class Listener {
  readonly parts: StarterParts;
  readonly #detector: OnnxSession;

  constructor(parts: StarterParts, detector: OnnxSession) {
    this.parts = parts;
    this.#detector = detector;
  }

  static async open(packageFolder: string): Promise<Listener> {
    const model = await openModelPackage(packageFolder, {}, signal);
    const opening = openStarterParts(model, { provider: 'cpu', threads: threadCount(0) }, signal);
    const detector = await openSession(voiceDetectorPath(join(root, 'resources')), {
      provider: 'cpu',
      threads: 1,
    });
    for (;;) {
      const step = await opening.next();
      if (step.done) return new Listener(step.value, detector);
    }
  }

  /** `change` is what happens to the sound on its way to the microphone. */
  async speechOf(utterance: TestUtterance, change: Change = asItIs): Promise<Speech> {
    const wav = readWav(readFileSync(utterance.file));
    const open = new Utterance(wav.sampleRate, this.#detector);
    await open.push(change(wav.channels[0] as Float32Array));
    const { samples, verdict } = await open.close();
    return { samples, spans: verdict === 'speech' ? open.speechSpans : [] };
  }

  async listen(utterance: TestUtterance, change: Change = asItIs): Promise<Outcome> {
    const speech = await this.speechOf(utterance, change);
    const started = performance.now();
    const hearing = await hearSpeech(speech, this.parts, signal);
    const understanding = await understandWords(hearing, this.parts, signal);
    const milliseconds = performance.now() - started;
    return { utterance, hearing, understanding, seconds: speech.samples.length / 16_000, milliseconds };
  }
}
