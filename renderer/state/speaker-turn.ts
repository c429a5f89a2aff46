const lockName = 'sotto-speaker';

/**
 * Of several open windows only one speaks: the one where somebody talked or typed last. When it closes, the next
 * in the queue takes over.
 */
export class SpeakerTurn {
  mine = false;
  private readonly locks: LockManager | undefined;

  /** @param locks undefined where there is only ever one window. */
  constructor(locks: LockManager | undefined) {
    this.locks = locks;
    this.mine = locks === undefined;
    if (locks) void this.hold(locks, {});
  }

  /** Somebody uses this window: it speaks from now on. */
  take(): void {
    if (!this.locks || this.mine) return;
    this.mine = true;
    void this.hold(this.locks, { steal: true });
  }

  private async hold(locks: LockManager, options: LockOptions): Promise<void> {
    try {
      await locks.request(lockName, options, () => {
        this.mine = true;
        // Held until another window takes it, or this one closes.
        return new Promise<never>(() => undefined);
      });
    } catch {
      this.mine = false;
      void this.hold(locks, {});
    }
  }
}
