import { expect, test } from 'vitest';
import { ToolRegistry } from '../../../../assistant/tools/tool-registry.ts';
import { neverAborted, TEST_VOICES, testContext } from '../tool-context.ts';

const registry = new ToolRegistry();
function session() {
  const context = testContext();
  const call = (name: string, given: unknown = {}) => registry.call(name, given, context, neverAborted);
  return { context, call };
}

test('the volume moves by steps and stays between silence and full', async () => {
  const { call, context } = session();
  expect(await call('set_volume', { change: 15 })).toMatchObject({ before: 50, percent: 65 });
  expect(await call('set_volume', { change: 90 })).toMatchObject({ percent: 100 });
  expect(await call('set_volume', { percent: 30 })).toMatchObject({ percent: 30, muted: false });
  expect(await call('set_volume', { muted: true })).toMatchObject({ percent: 0, muted: true });
  expect(await call('set_volume', { muted: false })).toMatchObject({ percent: 60 });
  expect(context.services.volume.get()).toBe(0.6);
});

test('the speaking rate is a factor between a half and two', async () => {
  const { call } = session();
  expect(await call('set_speaking_rate', { factor: 1.2 })).toEqual({ before: 1, rate: 1.2 });
  expect(await call('set_speaking_rate', { factor: 4 })).toMatchObject({ rate: 2 });
  expect(await call('set_speaking_rate', { rate: 1 })).toMatchObject({ rate: 1 });
});

test('a voice is found by words, by "another", and by "default"', async () => {
  const { call, context } = session();
  expect(await call('timbre_rag', { query: 'a deep voice' })).toMatchObject({
    changed: true,
    voice: { id: 'flite-rms' },
  });
  expect(await call('timbre_rag', { query: 'a deep voice' })).toMatchObject({ changed: false });
  expect(await call('timbre_rag', { query: 'another voice' })).toMatchObject({ voice: { id: 'flite-slt' } });
  expect(await call('timbre_rag', {})).toMatchObject({ voice: { id: 'flite-rms' } });
  expect(await call('timbre_rag', { query: 'your normal voice' })).toMatchObject({
    voice: { id: 'flite-slt' },
  });
  expect(await call('timbre_rag', { query: 'a singing voice' })).toMatchObject({
    changed: false,
    notFound: 'a singing voice',
  });
  expect(context.services.voices.current().id).toBe('flite-slt');
});

test('a recording of one\'s own is found by its day, a light voice stands in for it, and "normal" goes back', async () => {
  const { call, context } = session();
  const { voices } = context.services;
  const mine = { ...TEST_VOICES[1]!, matched: 'matched: male' };
  const asked: string[] = [];
  Object.assign(voices, {
    recorded: (query: string) => {
      asked.push(query);
      return query.includes('recorded')
        ? { found: query.includes('yesterday') ? mine : undefined }
        : undefined;
    },
    standIn: () => 'Rowan',
    usual: () => TEST_VOICES[0],
  });
  expect(await call('timbre_rag', { query: 'the voice I recorded yesterday' })).toMatchObject({
    changed: true,
    voice: { id: mine.id },
    matched: 'matched: male',
    spokenBy: 'Rowan',
  });
  expect(await call('timbre_rag', { query: 'the voice I recorded on Monday' })).toMatchObject({
    changed: false,
    notFound: 'the voice I recorded on Monday',
  });
  expect(await call('timbre_rag', { query: 'back to normal' })).toMatchObject({
    voice: { id: TEST_VOICES[0]!.id },
  });
});
