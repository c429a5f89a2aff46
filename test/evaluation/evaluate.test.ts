import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { fliteWasmPath } from '../../engine/process/engine-paths.ts';
import { LightVoice } from '../../engine/speak/light-voice.ts';
import { writeWav } from '../../engine/listen/wav-file.ts';
import type { Results } from '../../evaluation/report/results.ts';
import { madeFolder, newFolder, tone } from './made-files.ts';

const project = resolve(import.meta.dirname, '..', '..');
const program = join(project, 'evaluation', 'evaluate.ts');
const hasStarter = existsSync(join(project, 'models', 'starter', 'model.json'));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
function evaluate(...words: string[]): Promise<Ended> {
  return new Promise((settle) => {
    execFile(process.execPath, [program, ...words], { cwd: project }, (error, stdout, stderr) => {
      settle({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

describe('npm run eval', { timeout: 240_000 }, () => {
  test('explains itself, and tells wrong usage from failures', async () => {
    const folder = await madeFolder({ 'a.txt': 'nothing' });
    const [help, wrong, missing] = await Promise.all([
      evaluate('--help'),
      evaluate('--sets', folder, '--limit', 'many'),
      evaluate('--sets', folder),
    ]);
    expect(help.code).toBe(0);
    for (const option of ['--model', '--sets', '--resume', '--judge', '--no-audit', 'SOTTO_JUDGE_KEY'])
      expect(help.stdout).toContain(option);
    expect(wrong.code).toBe(2);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('There is no evaluation set in');
  });

  test('says which sets it found, and does not write over answers of before', async () => {
    const folder = await madeFolder({
      'list.jsonl': '{"audio": "a.wav", "text": "hello"}\nodd\n',
      'a.wav': tone(),
      'out/answers/list.jsonl': '',
    });
    const [listed, refused] = await Promise.all([
      evaluate('--sets', folder, '--list'),
      evaluate('--sets', folder, '--out', join(folder, 'out')),
    ]);
    expect(listed.code).toBe(0);
    expect(listed.stderr).toContain(
      'list: 1 questions, transcribe, en, read as manifest, 1 left out (line 2: not JSON)',
    );
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('--resume');
  });

  test.skipIf(!hasStarter)('scores the starter, and goes on after it was killed', async () => {
    const texts = ['set a timer for ten minutes', 'what time is it', 'stop', 'good morning'];
    const folder = await newFolder();
    const voice = await LightVoice.open(fliteWasmPath());
    const lines: string[] = [];
    for (const [index, text] of texts.entries()) {
      await writeFile(join(folder, `${index}.wav`), await said(text, voice));
      lines.push(JSON.stringify({ audio: `${index}.wav`, text }));
    }
    await writeFile(join(folder, 'list.jsonl'), lines.join('\n'));
    const out = join(folder, 'out');
    const answers = join(out, 'answers', 'list.jsonl');
    const words = ['--sets', join(folder, 'list.jsonl'), '--out', out];

    const child = spawn(process.execPath, [program, ...words], { cwd: project, stdio: 'ignore' });
    while (!existsSync(answers) || readFileSync(answers, 'utf8').split('\n').length < 3) {
      expect(child.exitCode).toBeNull();
      await sleep(20);
    }
    child.kill('SIGKILL');
    const kept = readFileSync(answers, 'utf8').split('\n').slice(0, 2);

    const resumed = await evaluate(...words, '--resume');
    expect(resumed).toMatchObject({ code: 0 });
    const after = readFileSync(answers, 'utf8').trim().split('\n');
    expect(after.slice(0, 2)).toEqual(kept);
    expect(after).toHaveLength(8);
    const results = JSON.parse(readFileSync(join(out, 'evaluation.json'), 'utf8')) as Results;
    expect(results.sets[0]).toMatchObject({ answered: 4, audit: { invented: 0 } });
    expect(results.sets[0]!.scores).toMatchObject({ unit: 'word', referenceUnits: 13 });
    expect(readdirSync(out).sort()).toEqual([
      'answers',
      'evaluation.html',
      'evaluation.json',
      'marks.jsonl',
      'verified.json',
    ]);
  });
});

async function said(text: string, voice: LightVoice): Promise<Uint8Array> {
  const pieces: number[] = [];
  let sampleRate = 16_000;
  const wish = { text, voiceId: 'flite-slt', speakingRate: 1, pitchSemitones: 0, volume: 0.8 };
  for await (const piece of voice.speak(wish, new AbortController().signal)) {
    pieces.push(...piece.samples);
    sampleRate = piece.sampleRate;
  }
  const quiet = new Array<number>(sampleRate / 4).fill(0);
  return writeWav(Float32Array.from([...quiet, ...pieces, ...quiet]), sampleRate);
}
