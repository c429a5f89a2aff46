const storageKey = 'sotto.preferences';

/** Choices that belong to this interface on this machine, not to the assistant. */
export class LocalPreferences {
  /** Keep the microphone open while the window is in front, so that no first word is clipped. */
  keepMicrophoneReady = $state(false);
  noiseSuppression = $state(false);
  firstRunSeen = $state(false);

  private readonly storage: Storage | undefined;

  constructor(storage: Storage | undefined) {
    this.storage = storage;
    const stored = read(storage);
    this.keepMicrophoneReady = stored['keepMicrophoneReady'] === true;
    this.noiseSuppression = stored['noiseSuppression'] === true;
    this.firstRunSeen = stored['firstRunSeen'] === true;
  }

  save(): void {
    const { keepMicrophoneReady, noiseSuppression, firstRunSeen } = this;
    this.storage?.setItem(
      storageKey,
      JSON.stringify({ keepMicrophoneReady, noiseSuppression, firstRunSeen }),
    );
  }
}

function read(storage: Storage | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(storage?.getItem(storageKey) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
