import { writeFileSync } from 'node:fs';

/**
 * Makes Sotto's own sounds: node resources/sounds/make-sounds.ts
 * Each is a few soft partials with a felt-like attack and a long, quiet decay. 48 kHz, mono, 16 bit.
 */
const sampleRate = 48_000;

interface Note {
  readonly hertz: number;
  readonly atSeconds: number;
  /** Time to fall to 1/e. */
  readonly decaySeconds: number;
  /** 0..1 */
  readonly amplitude: number;
}

const sounds: Readonly<Record<string, { seconds: number; notes: readonly Note[] }>> = {
  /** One low, short tap: it must not be mistaken for speech by the microphone it announces. */
  listen: { seconds: 0.12, notes: [{ hertz: 196, atSeconds: 0, decaySeconds: 0.028, amplitude: 0.09 }] },
  /** A fifth, downwards: what was said has arrived. */
  heard: {
    seconds: 0.34,
    notes: [
      { hertz: 587.33, atSeconds: 0, decaySeconds: 0.06, amplitude: 0.06 },
      { hertz: 392, atSeconds: 0.07, decaySeconds: 0.08, amplitude: 0.07 },
    ],
  },
  /** Timers and alarms: three rising notes, asking rather than alarming. */
  chime: {
    seconds: 2.2,
    notes: [
      { hertz: 392, atSeconds: 0, decaySeconds: 0.42, amplitude: 0.16 },
      { hertz: 493.88, atSeconds: 0.22, decaySeconds: 0.45, amplitude: 0.16 },
      { hertz: 587.33, atSeconds: 0.44, decaySeconds: 0.6, amplitude: 0.18 },
    ],
  },
};

/** Partials of a soft wooden bar: ratio to the fundamental, strength, how much faster it dies. */
const partials = [
  { ratio: 1, strength: 1, damping: 1 },
  { ratio: 2.01, strength: 0.18, damping: 1.8 },
  { ratio: 3.9, strength: 0.07, damping: 3.5 },
] as const;
const attackSeconds = 0.006;

function renderSound(seconds: number, notes: readonly Note[]): Float32Array {
  const samples = new Float32Array(Math.round(seconds * sampleRate));
  for (const note of notes) {
    for (let index = Math.round(note.atSeconds * sampleRate); index < samples.length; index += 1) {
      const time = index / sampleRate - note.atSeconds;
      const attack = Math.min(1, time / attackSeconds) ** 2;
      let value = 0;
      for (const { ratio, strength, damping } of partials) {
        const decay = Math.exp((-time * damping) / note.decaySeconds);
        value += strength * decay * Math.sin(2 * Math.PI * note.hertz * ratio * time);
      }
      samples[index] = (samples[index] ?? 0) + note.amplitude * attack * value;
    }
  }
  const fade = Math.round(0.02 * sampleRate);
  for (let index = 0; index < fade; index += 1) {
    const at = samples.length - 1 - index;
    samples[at] = (samples[at] ?? 0) * (index / fade);
  }
  return samples;
}

function wavBytes(samples: Float32Array): Buffer {
  const bytes = Buffer.alloc(44 + samples.length * 2);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + samples.length * 2, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((sample, index) => {
    const clamped = Math.max(-1, Math.min(1, sample));
    bytes.writeInt16LE(Math.round(clamped * 32_767), 44 + index * 2);
  });
  return bytes;
}

for (const [name, { seconds, notes }] of Object.entries(sounds)) {
  writeFileSync(new URL(`./${name}.wav`, import.meta.url), wavBytes(renderSound(seconds, notes)));
}
