import fc from 'fast-check';
import { expect, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { heardAs, ScriptedEngine } from '../scripted-engine.ts';
import { never, stage } from '../running-assistant.ts';

const step = fc.constantFrom(
  'press',
  'push',
  'release',
  'cancel',
  'text',
  'stop',
  'crash',
  'slow',
  'fast',
  'silence',
  'new-conversation',
  'wait',
);

test('whatever is pressed, typed, stopped or breaks: it ends idle, and every turn starts and ends once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const engine = new ScriptedEngine();
      const here = await stage({}, engine);
      const { assistant } = here;
      const pending: Promise<unknown>[] = [];
      let utteranceId = 'none';
      const quietly = (work: Promise<unknown>) => pending.push(work.catch(() => {}));
      for (const what of steps) {
        if (what === 'press') {
          quietly(
            assistant
              .startListening({ sampleRate: 16_000 }, never)
              .then((opened) => (utteranceId = opened.utteranceId)),
          );
          await Promise.resolve();
        }
        if (what === 'push')
          quietly(assistant.pushAudio({ utteranceId, samples: new Float32Array(160) }, never));
        if (what === 'release') quietly(assistant.finishListening({ utteranceId }, never));
        if (what === 'cancel') quietly(assistant.cancelListening({ utteranceId }, never));
        if (what === 'text') quietly(assistant.sendText({ text: 'hello' }, never));
        if (what === 'stop') quietly(assistant.stop({}, never));
        if (what === 'crash') engine.kill();
        if (what === 'slow')
          engine.script = () => [{ waitMs: 3 }, ...heardAs('hello', 'greeting')({} as never, 1)];
        if (what === 'fast') engine.script = heardAs('hello', 'greeting');
        if (what === 'silence') engine.summary = { verdict: 'no-speech' };
        if (what === 'new-conversation') quietly(assistant.newConversation({}, never));
        if (what === 'wait') await sleep(2);
      }
      await Promise.all(pending);
      await assistant.cancelListening({ utteranceId }, never);
      if ((await assistant.getState({}, never)).phase === 'listening') await assistant.stop({}, never);
      await sleep(8);

      expect((await assistant.getState({}, never)).phase).toBe('idle');
      const told = here.turnEvents();
      const ids = [...new Set(told.map((event) => event.turnId))];
      for (const id of ids) {
        const types = told.filter((event) => event.turnId === id).map((event) => event.type);
        expect(types[0]).toBe('turn-start');
        expect(types.at(-1)).toBe('turn-end');
        expect(types.filter((type) => type === 'turn-start' || type === 'turn-end')).toHaveLength(2);
      }
      const summaries = await assistant.listConversations({}, never);
      for (const { id } of summaries) {
        const turns = await assistant.getConversation({ conversationId: id }, never);
        expect(turns.filter((turn) => turn.outcome === 'running')).toEqual([]);
      }
      expect(engine.running).toBe(0);
      expect(engine.open.size).toBe(0);
      await here.close();
    }),
    { numRuns: 30 },
  );
}, 120_000);
