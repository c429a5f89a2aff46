import { expect, test } from 'vitest';
import { appEvent, type AppEvent } from '../../contract/app-events.ts';
import { assistantContract } from '../../contract/assistant-contract.ts';
import { connectAssistant, serveAssistant } from '../../contract/calls/assistant-calls.ts';
import { memoryChannelPair } from '../../contract/calls/memory-channel.ts';
import { never, settle, stage } from './running-assistant.ts';

test('everything the assistant answers and tells is what the contract says, also across a channel', async () => {
  const here = await stage();
  const [near, far] = memoryChannelPair();
  serveAssistant(far, here.assistant, (name, error) => {
    throw new Error(name, { cause: error });
  });
  const remote = connectAssistant(near);

  const told: AppEvent[] = [];
  const listening = new AbortController();
  const following = (async () => {
    for await (const event of remote.events({}, listening.signal)) told.push(event);
  })().catch(() => {});

  const { utteranceId } = await remote.startListening({ sampleRate: 16_000 }, never);
  await remote.pushAudio({ utteranceId, samples: new Float32Array(1600).fill(0.1) }, never);
  const { turnId } = await remote.finishListening({ utteranceId }, never);
  await remote.sendText({ text: 'hello' }, never);
  await settle();

  const { conversationId = '' } = await remote.getState({}, never);
  const answers = {
    getState: await remote.getState({}, never),
    listConversations: await remote.listConversations({ query: 'hello' }, never),
    getConversation: await remote.getConversation({ conversationId }, never),
    getTurnAudio: await remote.getTurnAudio({ turnId, side: 'mine' }, never),
    exportHistory: await remote.exportHistory({ format: 'markdown' }, never),
    listVoices: await remote.listVoices({ query: 'woman' }, never),
    listModels: await remote.listModels({}, never),
    getModelLibrary: await remote.getModelLibrary({}, never),
    choosePrecision: await remote.choosePrecision({ offerId: 'step-audio-2-mini' }, never),
    updateSettings: await remote.updateSettings({ volume: 0.4 }, never),
    listTools: await remote.listTools({}, never),
    listScheduled: await remote.listScheduled({}, never),
    diagnose: await remote.diagnose({}, never),
  } as const;
  for (const [name, answer] of Object.entries(answers)) {
    const { error } = assistantContract[name as keyof typeof answers].output.safeParse(answer);
    expect(error, name).toBeUndefined();
  }
  expect(answers.getConversation).toHaveLength(2);
  expect(answers.listConversations[0]?.snippet).toContain('‹hello›');

  await expect(remote.selectVoice({ voiceId: 'nobody' }, never)).rejects.toMatchObject({
    code: 'voice-missing',
  });
  await expect(remote.sendText({ text: '   ' }, never)).rejects.toMatchObject({ code: 'bad-request' });
  await settle();
  for (const event of told) expect(appEvent.safeParse(event).error, event.type).toBeUndefined();
  expect(new Set(told.map((event) => event.type))).toEqual(
    new Set([
      'state',
      'level',
      'turn',
      'history-changed',
      ...(told.some((e) => e.type === 'voices-changed') ? ['voices-changed'] : []),
    ]),
  );
  listening.abort();
  await following;
  await here.close();
});
