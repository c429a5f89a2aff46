import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Assistant } from '../../contract/assistant-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import { parseAccelerator } from '../../electron/push-to-talk/accelerator.ts';
import type { BackgroundMicrophone } from '../../electron/push-to-talk/background-microphone.ts';
import { decideHold, type HoldState, type KeyEvent } from '../../electron/push-to-talk/hold-detector.ts';
import { holdSupport } from '../../electron/push-to-talk/hold-support.ts';
import { TalkSession } from '../../electron/push-to-talk/talk-session.ts';

const controlAltSpace = parseAccelerator('Control+Alt+Space', 'linux')!;
const key = (type: KeyEvent['type'], name: string, held: Partial<KeyEvent> = {}): KeyEvent => ({
  type,
  key: name,
  control: false,
  alt: false,
  shift: false,
  meta: false,
  ...held,
});
const both = { control: true, alt: true };

describe('accelerators', () => {
  test('are read in any order and case, with the platform’s command key', () => {
    expect(parseAccelerator('alt+ctrl+space', 'linux')).toMatchObject({
      control: true,
      alt: true,
      meta: false,
    });
    expect(parseAccelerator('CommandOrControl+K', 'darwin')).toMatchObject({
      meta: true,
      control: false,
      key: 'K',
    });
    expect(parseAccelerator('CommandOrControl+K', 'win32')).toMatchObject({ meta: false, control: true });
  });
  test('without a main key, or with an unknown modifier, are none', () => {
    for (const text of ['', 'Control', 'Control+', 'Hyper+K', '+'])
      expect(parseAccelerator(text, 'linux')).toBeUndefined();
  });
});

describe('holding the key', () => {
  const run = (events: KeyEvent[]): string[] => {
    let state: HoldState = 'released';
    return events.map((event) => {
      const decision = decideHold(state, event, controlAltSpace);
      state = decision.state;
      return decision.signal;
    });
  };
  test('presses once however often the key repeats, and releases with the key or a modifier', () => {
    expect(run([key('down', 'Space', both), key('down', 'Space', both), key('up', 'Space', both)])).toEqual([
      'press',
      'none',
      'release',
    ]);
    expect(run([key('down', 'Space', both), key('up', 'Alt', { control: true })])).toEqual([
      'press',
      'release',
    ]);
  });
  test('needs exactly the modifiers of the accelerator', () => {
    expect(run([key('down', 'Space', { control: true })])).toEqual(['none']);
    expect(run([key('down', 'Space', { ...both, shift: true })])).toEqual(['none']);
  });
  test('alternates press and release for any sequence of keys', () => {
    const anyKey = fc.record({
      type: fc.constantFrom('down' as const, 'up' as const),
      key: fc.constantFrom('Space', 'Control', 'Alt', 'A'),
      control: fc.boolean(),
      alt: fc.boolean(),
      shift: fc.boolean(),
      meta: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyKey), (events) => {
        const signals = run(events).filter((signal) => signal !== 'none');
        signals.forEach((signal, index) => expect(signal).toBe(index % 2 === 0 ? 'press' : 'release'));
      }),
    );
  });
  test('is not tried where it would abort the process or see nothing', () => {
    const facts = { isTrusted: () => true, environment: {} };
    expect(holdSupport({ ...facts, platform: 'linux' })).toEqual({ canHold: false, reason: 'no-display' });
    expect(holdSupport({ ...facts, platform: 'linux', environment: { DISPLAY: ':0' } }).canHold).toBe(true);
    expect(
      holdSupport({
        ...facts,
        platform: 'linux',
        environment: { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0' },
      }).reason,
    ).toBe('wayland');
    expect(holdSupport({ ...facts, platform: 'darwin', isTrusted: () => false }).reason).toBe(
      'accessibility-permission',
    );
    expect(holdSupport({ ...facts, platform: 'win32' }).canHold).toBe(true);
  });
});

describe('a talk session', () => {
  function session(options: { windowOpen: boolean; microphone?: Partial<BackgroundMicrophone> }) {
    const calls: string[] = [];
    const assistant = {
      startListening: async () => ({ utteranceId: 'u1' }),
      pushAudio: async ({ samples }: { samples: Float32Array }) => void calls.push(`push ${samples.length}`),
      finishListening: async () => (calls.push('finish'), { turnId: 't1' }),
      cancelListening: async () => void calls.push('cancel'),
    } as unknown as Assistant;
    const failures: unknown[] = [];
    const talk = new TalkSession({
      assistant,
      microphone: { start: vi.fn(), ...options.microphone } as unknown as BackgroundMicrophone,
      isWindowOpen: () => options.windowOpen,
      tellPage: (pressed) => calls.push(pressed ? 'page down' : 'page up'),
      onFailure: (error) => failures.push(error),
      waitMs: async () => {},
    });
    return { talk, calls, failures };
  }
  const recorder: Pick<BackgroundMicrophone, 'start'> = {
    start: async (onSamples) => {
      onSamples(new Float32Array(160));
      return { stop: async () => onSamples(new Float32Array(40)) };
    },
  };

  test('is left to the page while its window is open', () => {
    const { talk, calls } = session({ windowOpen: true });
    talk.press();
    talk.press();
    talk.release();
    expect(calls).toEqual(['page down', 'page up']);
  });
  test('records by itself while the window is hidden, the last samples included', async () => {
    const { talk, calls } = session({ windowOpen: false, microphone: recorder });
    talk.press();
    await vi.waitFor(() => expect(calls).toContain('push 160'));
    talk.release();
    await vi.waitFor(() => expect(calls).toEqual(['push 160', 'push 40', 'finish']));
  });
  test('goes to the hidden page where no recording program is to be had', async () => {
    const start = async (): Promise<never> => {
      throw new UserError('microphone-missing');
    };
    const { talk, calls, failures } = session({ windowOpen: false, microphone: { start } });
    talk.press();
    await vi.waitFor(() => expect(calls).toEqual(['cancel', 'page down']));
    talk.release();
    expect(calls.at(-1)).toBe('page up');
    expect(failures).toEqual([]);
  });
  test('that loses its microphone is cancelled and says so', async () => {
    let lose = (): void => {};
    const start: BackgroundMicrophone['start'] = async (_onSamples, onLost) => {
      lose = onLost;
      return { stop: async () => {} };
    };
    const { talk, calls, failures } = session({ windowOpen: false, microphone: { start } });
    talk.press();
    await vi.waitFor(() => expect(talk.isTalking).toBe(true));
    await new Promise((resolve) => setTimeout(resolve, 5));
    lose();
    expect(talk.isTalking).toBe(false);
    expect(failures[0]).toMatchObject({ code: 'microphone-lost' });
    await vi.waitFor(() => expect(calls).toContain('cancel'));
  });
});
