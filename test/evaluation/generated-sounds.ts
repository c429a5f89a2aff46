/** Sounds that can lie behind a voice, made by arithmetic; `dev` and `test` differ in their instruments and colours. */
export const generatedSounds = {
  nothing: 'faint noise of a good microphone',
  hiss: 'noise of a random colour',
  hum: 'mains hum with harmonics and some hiss',
  music: 'chords and a melody',
  'music with drums': 'the same with bursts of noise',
  'swelling noise': 'noise that swells and fades',
  babble: 'tones that glide and tremble as voices do, six at once',
} as const;
export type SoundName = keyof typeof generatedSounds;

const rate = 16_000;

export class SoundSource {
  #state: number;
  readonly #set: 'dev' | 'test';

  constructor(seed: number, set: 'dev' | 'test') {
    this.#state = seed;
    this.#set = set;
  }

  make(name: SoundName, length: number): Float32Array {
    switch (name) {
      case 'nothing':
        return this.#noise(length, 0);
      case 'hiss':
        return this.#noise(length, this.#between(-1, 1));
      case 'hum':
        return this.#hum(length);
      case 'music':
        return this.#music(length);
      case 'music with drums':
        return this.#sum(this.#music(length), this.#drums(length), 0.5);
      case 'swelling noise':
        return this.#swelling(length);
      case 'babble':
        return this.#babble(length);
    }
  }

  #random(): number {
    this.#state = (this.#state * 48_271) % 2_147_483_647;
    return this.#state / 2_147_483_647;
  }

  #between(low: number, high: number): number {
    return low + (high - low) * this.#random();
  }

  /** Colour -1 = dark, 0 = white, 1 = bright; root mean square about 1. */
  #noise(length: number, colour: number): Float32Array {
    const samples = new Float32Array(length);
    let before = 0;
    for (let i = 0; i < length; i += 1) {
      const white = this.#random() + this.#random() + this.#random() - 1.5;
      before = colour < 0 ? before * -0.97 * colour + white * (1 + 0.9 * colour) : white;
      samples[i] = colour > 0 && i > 0 ? white - 0.9 * colour * samples[i - 1]! * 0.3 : before;
    }
    return samples;
  }

  #hum(length: number): Float32Array {
    const base = this.#random() < 0.5 ? 50 : 60;
    const weights = Array.from({ length: 10 }, (_, index) => this.#random() / (1 + index / 3));
    const tones = Float32Array.from({ length }, (_, i) =>
      weights.reduce(
        (sum, weight, index) =>
          sum + weight * Math.sin((2 * Math.PI * base * (index + 1) * i) / rate + index),
        0,
      ),
    );
    return this.#sum(tones, this.#noise(length, 0), 0.3);
  }

  #music(length: number): Float32Array {
    const samples = new Float32Array(length);
    const isTest = this.#set === 'test';
    const root = this.#between(110, 220);
    const scale = isTest ? [0, 2, 3, 5, 7, 8, 10, 12] : [0, 2, 4, 5, 7, 9, 11, 12];
    const beat = Math.round(rate * (isTest ? this.#between(0.18, 0.55) : this.#between(0.25, 0.5)));
    const overtones = isTest ? [1, 0, 0.4, 0, 0.25, 0, 0.15] : [1, 0.5, 0.33, 0.25, 0.2];
    for (let start = -Math.floor(beat * this.#random()); start < length; start += beat) {
      const chord = Array.from({ length: 3 }, () => scale[Math.floor(this.#random() * scale.length)]!);
      for (const step of chord) {
        const hertz = root * 2 ** (step / 12 + Math.floor(this.#random() * 2));
        overtones.forEach((weight, index) => {
          const turn = (2 * Math.PI * hertz * (index + 1)) / rate;
          if (weight === 0 || hertz * (index + 1) > 7500) return;
          for (let i = Math.max(0, start); i < Math.min(length, start + 2 * beat); i += 1) {
            const age = (i - start) / rate;
            samples[i]! += weight * Math.sin(turn * i) * Math.min(1, age / 0.015) * Math.exp(-age * 3);
          }
        });
      }
    }
    return samples;
  }

  #drums(length: number): Float32Array {
    const noise = this.#noise(length, 0);
    const beat = Math.round(rate * this.#between(0.2, 0.4));
    return noise.map((value, i) => value * Math.exp((-(i % beat) / rate) * 25));
  }

  #swelling(length: number): Float32Array {
    const noise = this.#noise(length, this.#between(-1, 0.5));
    const hertz = this.#between(1.2, 5);
    const phase = this.#between(0, 6);
    return noise.map((value, i) => value * (1 + 0.85 * Math.sin((2 * Math.PI * hertz * i) / rate + phase)));
  }

  #babble(length: number): Float32Array {
    const samples = new Float32Array(length);
    for (let voice = 0; voice < 6; voice += 1) {
      const base = this.#between(90, 240);
      const [wander, pace, phase] = [this.#between(1.5, 3), this.#between(3, 6), this.#between(0, 6)];
      let turn = 0;
      for (let i = 0; i < length; i += 1) {
        const time = i / rate;
        turn += (2 * Math.PI * base * (1 + 0.18 * Math.sin(wander * 2 * Math.PI * time + phase))) / rate;
        const envelope = Math.max(0, Math.sin(Math.PI * pace * time + phase)) ** 2;
        let sum = 0;
        for (let harmonic = 1; harmonic <= 12; harmonic += 1) sum += Math.sin(turn * harmonic) / harmonic;
        samples[i]! += envelope * sum;
      }
    }
    return samples;
  }

  #sum(first: Float32Array, second: Float32Array, share: number): Float32Array {
    const strength = (samples: Float32Array) =>
      Math.sqrt(samples.reduce((sum, value) => sum + value ** 2, 0) / samples.length) + 1e-9;
    const [a, b] = [strength(first), strength(second)];
    return first.map((value, i) => value / a + (share * second[i]!) / b);
  }
}
