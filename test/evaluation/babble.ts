const TALKERS = 6;

/** Several people talking at once: voices laid over each other from places of their own, each equally loud. */
export function babble(voices: readonly Float32Array[], length: number, random: () => number): Float32Array {
  const mixed = new Float32Array(length);
  for (let talker = 0; talker < TALKERS; talker++) {
    const voice = voices[Math.floor(random() * voices.length)] as Float32Array;
    const level = 1 / Math.max(1e-6, rootMeanSquare(voice));
    const start = Math.floor(random() * voice.length);
    for (let at = 0; at < length; at++)
      mixed[at] = (mixed[at] as number) + level * (voice[(start + at) % voice.length] as number);
  }
  return mixed;
}

/** Speech with a noise under it, `decibels` below the whole of the speech; kept within full scale. */
export function over(noise: Float32Array, speech: Float32Array, decibels: number): Float32Array {
  const gain = (rootMeanSquare(speech) / Math.max(1e-6, rootMeanSquare(noise))) * 10 ** (-decibels / 20);
  const mixed = speech.map((sample, at) => sample + gain * (noise[at] as number));
  const peak = mixed.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return peak > 1 ? mixed.map((sample) => sample / peak) : mixed;
}

function rootMeanSquare(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length));
}
