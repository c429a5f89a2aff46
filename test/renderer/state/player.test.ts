import { beforeEach, expect, test } from 'vitest';
import { Player } from '../../../renderer/state/player.svelte.ts';
import { FakeDevices } from '../fake-devices.ts';

let devices: FakeDevices;
let player: Player;
const reply = { kind: 'reply', id: 'turn-1' } as const;

beforeEach(() => {
  devices = new FakeDevices();
  player = new Player(devices, () => 'speakers');
});

test('pieces of a reply follow each other without a gap', async () => {
  await player.push(reply, new Float32Array(1600), 16_000);
  await player.push(reply, new Float32Array(800), 16_000);
  await player.push(reply, new Float32Array(800), 16_000);
  const [first, second, third] = devices.speakers[0]?.played ?? [];
  expect(second?.startAt).toBeCloseTo((first?.startAt ?? 0) + 0.1, 9);
  expect(third?.startAt).toBeCloseTo((second?.startAt ?? 0) + 0.05, 9);
  expect(devices.speakers).toHaveLength(1);
});

test('a piece that comes late starts as soon as it can', async () => {
  await player.push(reply, new Float32Array(1600), 16_000);
  const speaker = devices.speakers[0];
  if (!speaker) throw new Error('No speaker was opened.');
  speaker.clock = 5;
  await player.push(reply, new Float32Array(1600), 16_000);
  expect(speaker.played[1]?.startAt).toBeCloseTo(5.02, 6);
});

test('stop silences at once and drops pieces that are on their way', async () => {
  const late = player.push(reply, new Float32Array(1600), 16_000);
  player.stop();
  await late;
  expect(devices.speakers[0]?.played).toEqual([]);
  expect(player.playing).toBeUndefined();
});

test('the first audible moment is told once per sound', async () => {
  const heard: string[] = [];
  player.whenAudible(({ id }) => heard.push(id));
  await player.push(reply, new Float32Array(1600), 16_000);
  await player.push(reply, new Float32Array(1600), 16_000);
  await player.push({ kind: 'replay', id: 'turn-0:mine' }, new Float32Array(10), 16_000);
  expect(heard).toEqual(['turn-1', 'turn-0:mine']);
});

test('when the last piece was played, nothing is playing', async () => {
  await player.push(reply, new Float32Array(1600), 16_000);
  await player.push(reply, new Float32Array(1600), 16_000);
  for (const sound of devices.speakers[0]?.played ?? []) sound.end();
  expect(player.playing).toBeUndefined();
});

test('another sample rate gets its own speaker, on the chosen device', async () => {
  await player.push(reply, new Float32Array(1600), 16_000);
  player.stop();
  await player.push({ kind: 'preview', id: 'voice' }, new Float32Array(2400), 24_000);
  expect(devices.speakers.map((speaker) => [speaker.sampleRate, speaker.speakerId])).toEqual([
    [16_000, 'speakers'],
    [24_000, 'speakers'],
  ]);
});
