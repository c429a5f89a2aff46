/**
 * The last moments before the key went down, so that a first syllable spoken with the key press is not lost.
 * Keeps whole blocks, at least `milliseconds` of them once enough have come.
 */
export class PreRollRing {
  private blocks: Float32Array[] = [];
  private sampleCount = 0;
  private readonly wantedSamples: number;

  constructor(milliseconds: number, sampleRate: number) {
    this.wantedSamples = Math.round((milliseconds / 1000) * sampleRate);
  }

  push(block: Float32Array): void {
    this.blocks.push(block);
    this.sampleCount += block.length;
    let oldest = this.blocks[0];
    while (oldest && this.sampleCount - oldest.length >= this.wantedSamples) {
      this.sampleCount -= oldest.length;
      this.blocks.shift();
      oldest = this.blocks[0];
    }
  }

  /** The kept blocks, oldest first; the ring is empty afterwards. */
  take(): Float32Array[] {
    const taken = this.blocks;
    this.blocks = [];
    this.sampleCount = 0;
    return taken;
  }
}
