/** Gives the model's memory back when nobody has spoken for a while. */
export class IdleUnloader {
  private readonly idleMinutes: () => number;
  private readonly unload: () => void;
  private timer: NodeJS.Timeout | undefined;

  constructor(idleMinutes: () => number, unload: () => void) {
    this.idleMinutes = idleMinutes;
    this.unload = unload;
  }

  /** Something begins: no unloading until `rest`. */
  wake(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Nothing goes on from now. */
  rest(): void {
    this.wake();
    const minutes = this.idleMinutes();
    if (minutes > 0) this.timer = setTimeout(this.unload, minutes * 60_000).unref();
  }
}
