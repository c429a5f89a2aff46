/**
 * Runs on the audio thread: collects render quanta of 128 samples into blocks of 20 ms and posts them.
 *
 *     in   first channel of the microphone, float32, context rate
 *     out  Float32Array [sampleRate / 50], transferred
 */
declare const sampleRate: number;
declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

class CaptureProcessor extends AudioWorkletProcessor {
  private block = new Float32Array(Math.round(sampleRate / 50));
  private filled = 0;

  process(inputs: Float32Array[][]): boolean {
    const samples = inputs[0]?.[0];
    if (!samples) return true;
    let taken = 0;
    while (taken < samples.length) {
      const count = Math.min(samples.length - taken, this.block.length - this.filled);
      this.block.set(samples.subarray(taken, taken + count), this.filled);
      this.filled += count;
      taken += count;
      if (this.filled === this.block.length) {
        this.port.postMessage(this.block, [this.block.buffer]);
        this.block = new Float32Array(Math.round(sampleRate / 50));
        this.filled = 0;
      }
    }
    return true;
  }
}

registerProcessor('sotto-capture', CaptureProcessor);
