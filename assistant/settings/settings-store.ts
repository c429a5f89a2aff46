import { readFileSync, renameSync } from 'node:fs';
import { basename } from 'node:path';
import type { z } from 'zod';
import { settings as settingsSchema, settingsPatch, type Settings } from '../../contract/settings.ts';
import type { Failure } from '../../contract/turn-events.ts';
import { UserError } from '../../contract/user-errors.ts';
import { damagedFileName } from '../damaged-file-name.ts';
import { failureOf } from '../failures.ts';
import { writeFileAtomically } from '../write-file-atomically.ts';

type Listener = (now: Settings, before: Settings) => void;

/**
 * The one settings file. It is read at start and again before each change, so that the desktop app and the command
 * line may both be used; a file that cannot be understood is kept aside, and what was valid in it is kept.
 */
export class SettingsStore {
  private readonly path: string;
  private readonly now: () => number;
  private readonly listeners = new Set<Listener>();
  private present: Settings;
  /** Problems met while reading. */
  readonly notices: Failure[] = [];

  constructor(path: string, now: () => number) {
    this.path = path;
    this.now = now;
    this.present = settingsSchema.parse({});
    this.present = this.read();
  }

  get(): Settings {
    return this.present;
  }

  /** Validates, writes, then tells. Throws UserError `bad-request`, `disk-full` or `file-not-writable`. */
  update(patch: z.input<typeof settingsPatch>): Settings {
    const parsed = settingsPatch.safeParse(patch);
    if (!parsed.success) {
      throw new UserError(
        'bad-request',
        { setting: parsed.error.issues[0]?.path.join('.') ?? '' },
        { cause: parsed.error },
      );
    }
    const before = this.present;
    const after = settingsSchema.parse({ ...this.read(), ...parsed.data });
    writeFileAtomically(this.path, `${JSON.stringify(after, null, 2)}\n`);
    this.present = after;
    for (const listener of [...this.listeners]) listener(after, before);
    return after;
  }

  /** Returns a function that removes the listener. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private read(): Settings {
    const text = this.fileText();
    if (text === undefined) return this.present;
    const content = asObject(text);
    const parsed = settingsSchema.safeParse(content);
    if (parsed.success) return parsed.data;
    this.keepAside();
    return validPart(content, this.present);
  }

  private fileText(): string | undefined {
    try {
      return readFileSync(this.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.notices.push(failureOf(error));
      return undefined;
    }
  }

  private keepAside(): void {
    const aside = damagedFileName(this.path, this.now());
    try {
      renameSync(this.path, aside);
      this.notices.push({ code: 'settings-damaged', details: { keptAs: basename(aside), path: aside } });
    } catch (error) {
      this.notices.push(failureOf(error));
    }
  }
}

function asObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The settings of a damaged file that are valid by themselves, the rest as it was. */
function validPart(content: unknown, fallback: Settings): Settings {
  if (typeof content !== 'object' || content === null) return fallback;
  const valid = Object.entries(settingsSchema.shape).flatMap(([key, schema]) => {
    const value = (content as Record<string, unknown>)[key];
    const parsed = value === undefined ? undefined : schema.safeParse(value);
    return parsed?.success ? [[key, parsed.data] as const] : [];
  });
  return settingsSchema.parse({ ...fallback, ...Object.fromEntries(valid) });
}
