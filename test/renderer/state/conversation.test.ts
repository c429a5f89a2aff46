import { expect, test } from 'vitest';
import { openSotto, settle } from '../opened-sotto.ts';
import { hum } from '../scripted-assistant.ts';
import { weatherTurn } from '../scripts.ts';

test('the open conversation is there after the start', async () => {
  const { sotto } = await openSotto();
  expect(sotto.conversation.turns.map((turn) => turn.transcript)).toEqual([
    'what time is it in tokyo',
    'set a timer for the pasta eleven minutes',
    'How many grams in five ounces?',
  ]);
});

test('a turn grows with what happens in it', async () => {
  const { sotto, assistant } = await openSotto();
  await assistant.playTurn('voice', weatherTurn);
  await settle();
  const turn = sotto.conversation.latest;
  expect(turn?.transcript).toBe('will it rain in Bergen this afternoon');
  expect(turn?.tags).toHaveLength(3);
  expect(turn?.thinking).toContain('forecast');
  expect(turn?.toolCalls).toMatchObject([{ name: 'weather', leavesMachine: true, running: false }]);
  expect(turn?.reply).toMatch(/^Yes, take a coat. Around three/);
  expect(turn?.outcome).toBe('completed');
  expect(turn?.hasReplyAudio).toBe(true);
});

test('a typed turn shows its text before the assistant repeats it', async () => {
  const { sotto, assistant } = await openSotto();
  assistant.nextTurn = [{ type: 'turn-end', outcome: 'completed' }];
  await sotto.sendText('hello');
  await settle();
  expect(sotto.conversation.latest?.transcript).toBe('hello');
});

test('a new conversation begins with an empty page', async () => {
  const { sotto, assistant } = await openSotto();
  await sotto.newConversation();
  await settle();
  expect(sotto.conversation.turns).toEqual([]);
  await assistant.playTurn('voice', weatherTurn);
  await settle();
  expect(sotto.conversation.id).toBe('fresh');
  expect(sotto.conversation.turns).toHaveLength(1);
});

test('the reply is played, and late pieces of a stopped turn are not', async () => {
  const { sotto, assistant, devices } = await openSotto();
  assistant.stepMs = 30;
  const piece = { type: 'audio-delta', samples: hum(0.2), sampleRate: 16_000 } as const;
  const turn = assistant.playTurn('voice', [piece, piece, piece, piece]);
  await settle(45);
  expect(sotto.live.state).toBe('speaking');
  sotto.stop();
  await turn;
  await settle();
  expect(devices.speakers[0]?.played).toHaveLength(1);
  expect(assistant.called('stop')).toHaveLength(1);
  expect(sotto.live.state).toBe('idle');
});

test('pressing replay twice plays and stops one side of a turn', async () => {
  const { sotto, assistant, devices } = await openSotto();
  await sotto.toggleReplay('t1', 'mine');
  expect(sotto.player.playing).toEqual({ kind: 'replay', id: 't1:mine' });
  expect(assistant.called('getTurnAudio')).toEqual([{ turnId: 't1', side: 'mine' }]);
  await sotto.toggleReplay('t1', 'mine');
  expect(sotto.player.playing).toBeUndefined();
  expect(devices.speakers[0]?.silenced).toBe(1);
});
