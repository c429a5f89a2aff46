import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { modelsFolder, never, stage, temporaryFolder } from './running-assistant.ts';

test('after kill -9 in the middle of a reply everything said so far is there, and the turn is interrupted', async () => {
  const dataFolder = temporaryFolder();
  const program = new URL('./killed-assistant.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, dataFolder, modelsFolder(dataFolder)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  const shown: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    shown.push(line);
    if (shown.length === 4) child.kill('SIGKILL');
  }
  expect(await gone).toBe('SIGKILL');

  const again = await stage({ dataFolder });
  const [conversation] = await again.assistant.listConversations({ query: 'sentence everything' }, never);
  expect(conversation?.title).toBe('tell me everything');
  const turns = await again.assistant.getConversation({ conversationId: conversation?.id as string }, never);
  expect(turns).toMatchObject([
    { outcome: 'interrupted', transcript: 'tell me everything', hasReplyAudio: true },
  ]);
  for (const line of shown) expect(turns[0]?.reply).toContain(line.trim());
  const audio = await again.assistant.getTurnAudio({ turnId: turns[0]?.id as string, side: 'reply' }, never);
  const heardSeconds = (audio?.samples.length ?? 0) / (audio?.sampleRate ?? 1);
  expect(heardSeconds).toBeGreaterThan((shown.length - 1) * 0.4);
  await again.close();
  rmSync(dataFolder, { recursive: true, force: true });
}, 30_000);
