import type { SpeakerOutput } from './devices.ts';

const fadeSeconds = 0.015;

type SinkContext = AudioContext & { setSinkId?: (id: string) => Promise<void> };

/**
 * A Web Audio context at the samples' own rate: consecutive buffers then meet sample on sample, and the one
 * conversion to the device's rate happens behind them, without a seam.
 */
export async function openBrowserSpeaker(sampleRate: number, speakerId: string): Promise<SpeakerOutput> {
  const context: SinkContext = new AudioContext({ sampleRate, latencyHint: 'interactive' });
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  analyser.connect(context.destination);
  let gate = openGate(context, analyser);
  const scope = new Float32Array(analyser.fftSize);
  const speaker: SpeakerOutput = {
    sampleRate,
    now: () => context.currentTime,
    latency: () => context.baseLatency + (context.outputLatency || 0),
    play(samples, startAt, onEnded) {
      const buffer = context.createBuffer(1, samples.length, sampleRate);
      buffer.copyToChannel(samples as Float32Array<ArrayBuffer>, 0);
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.connect(gate);
      source.onended = onEnded;
      source.start(startAt);
      return { stop: () => source.stop(context.currentTime + fadeSeconds) };
    },
    silence() {
      const closing = gate;
      closing.gain.setValueAtTime(1, context.currentTime);
      closing.gain.linearRampToValueAtTime(0, context.currentTime + fadeSeconds);
      setTimeout(() => closing.disconnect(), 4 * fadeSeconds * 1000);
      gate = openGate(context, analyser);
    },
    level() {
      analyser.getFloatTimeDomainData(scope);
      let sum = 0;
      for (const sample of scope) sum += sample * sample;
      return Math.sqrt(sum / scope.length);
    },
    async setSpeaker(id) {
      await context.setSinkId?.(id);
    },
    close: () => void context.close(),
  };
  if (speakerId) await speaker.setSpeaker(speakerId).catch(() => speaker.setSpeaker(''));
  void context.resume();
  return speaker;
}

function openGate(context: AudioContext, output: AudioNode): GainNode {
  const gate = context.createGain();
  gate.connect(output);
  return gate;
}
