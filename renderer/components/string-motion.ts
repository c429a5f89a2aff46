/** The first standing waves of a string: how strongly each sounds, and its turns per second. */
const modes = [
  { strength: 1, hertz: 1.15 },
  { strength: 0.62, hertz: 2.05 },
  { strength: 0.42, hertz: 3.1 },
  { strength: 0.3, hertz: 4.3 },
  { strength: 0.2, hertz: 5.7 },
] as const;
const riseSeconds = 0.045;
const fallSeconds = 0.32;

/** A string's swing follows a level: quick to rise, slow to die away. */
export class StringMotion {
  /** 0..1 */
  swing = 0;
  private timeSeconds = 0;
  private lastMs: number | undefined;

  get still(): boolean {
    return this.swing < 0.004;
  }

  /** @param level 0..1 */
  step(level: number, timeMs: number): void {
    const passed = Math.min(0.1, (timeMs - (this.lastMs ?? timeMs)) / 1000);
    this.lastMs = timeMs;
    this.timeSeconds += passed;
    const settle = level > this.swing ? riseSeconds : fallSeconds;
    this.swing += (level - this.swing) * (1 - Math.exp(-passed / settle));
    if (level === 0 && this.still) {
      this.swing = 0;
      this.lastMs = undefined;
    }
  }

  /** Displacement at `position` (0..1 along the string), in -1..1. */
  displacement(position: number, phase = 0): number {
    let sum = 0;
    modes.forEach(({ strength, hertz }, index) => {
      const shape = Math.sin((index + 1) * Math.PI * position * 2);
      sum += strength * shape * Math.cos(2 * Math.PI * hertz * this.timeSeconds + phase * (index + 1));
    });
    const pinned = Math.sin(Math.PI * position) ** 1.4;
    return (sum / 1.7) * pinned * this.swing;
  }

  drawString(context: CanvasRenderingContext2D, width: number, height: number): void {
    // Two afterimages behind the string, as the eye sees one swing.
    for (const [phase, alpha, lineWidth] of [
      [0.9, 0.18, 1],
      [0.45, 0.35, 1],
      [0, 1, 1.6],
    ] as const) {
      if (phase > 0 && this.still) continue;
      context.globalAlpha = alpha;
      context.lineWidth = lineWidth;
      context.beginPath();
      for (let x = 0; x <= width; x += 3) {
        const y = height / 2 + this.displacement(x / width, phase) * height * 0.46;
        if (x === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  /** For people who want no motion: a bar that grows from the middle. */
  drawBar(context: CanvasRenderingContext2D, width: number, height: number): void {
    const middle = height / 2;
    context.globalAlpha = 0.5;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(0, middle);
    context.lineTo(width, middle);
    context.stroke();
    context.globalAlpha = 1;
    context.lineWidth = 5;
    context.lineCap = 'round';
    context.beginPath();
    context.moveTo(width / 2 - (width / 2) * this.swing, middle);
    context.lineTo(width / 2 + (width / 2) * this.swing, middle);
    if (!this.still) context.stroke();
  }
}
