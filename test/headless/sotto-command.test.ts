import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { readWav, writeWav } from '../../engine/listen/wav-file.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** The command as a person types it, on a data folder of its own. */
function sotto(...words: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(project, 'headless', 'sotto.ts'), ...words],
      { env: { ...process.env, SOTTO_DATA_FOLDER: join(folder, 'data') } },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

const lines = ({ stdout }: Ended): Record<string, unknown>[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-command-'));
});

describe('the sotto command', { timeout: 120_000 }, () => {
  test('explains itself, and names wrong usage with an exit code of its own', async () => {
    const help = await sotto('--help');
    expect(help.code).toBe(0);
    for (const command of [
      'ask',
      'say',
      'transcribe',
      'tags',
      'voices',
      'history',
      'tools',
      'models',
      'doctor',
    ])
      expect(help.stdout).toContain(command);
    const wrong = await sotto('sing');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('unknown command');
  });

  test('answers bad files with one sentence each, one line of JSON each, and goes on', async () => {
    const file = async (name: string, bytes: Uint8Array): Promise<string> => {
      await writeFile(join(folder, name), bytes);
      return join(folder, name);
    };
    const tone = Float32Array.from({ length: 48_000 }, (_, index) => Math.sin(index / 10) * 0.3);
    const files = [
      join(folder, 'nowhere.wav'),
      await file('empty.wav', new Uint8Array(0)),
      await file('text.wav', Buffer.from('this is not sound')),
      await file('cut.wav', writeWav(tone, 16_000).subarray(0, 1000)),
      await file('blink.wav', writeWav(new Float32Array(800), 16_000)),
      await file('silent.wav', writeWav(new Float32Array(32_000), 16_000)),
    ];
    const ended = await sotto('transcribe', '--json', ...files);
    const results = lines(ended);
    expect(ended.code).toBe(1);
    expect(results.map(({ file: name }) => name)).toEqual(files);
    for (const result of results) {
      expect(result['transcript']).toBe('');
      expect(Object.keys(result)).toEqual(
        expect.arrayContaining(['rejected', 'tags', 'toolCalls', 'reply', 'timings']),
      );
    }
    const codes = results.map((result) => (result['failure'] as { code: string } | undefined)?.code);
    expect(codes.slice(0, 4)).toEqual([
      'audio-file-missing',
      'audio-file-empty',
      'audio-file-not-wav',
      'audio-file-truncated',
    ]);
    expect(ended.stderr + ended.stdout).not.toMatch(/\bat .*\.ts:\d+/);
  });

  test('says a text into a WAV file', async () => {
    const out = join(folder, 'said.wav');
    const ended = await sotto('say', 'Good morning.', '--out', out, '--json');
    expect(ended.code).toBe(0);
    const { channels, sampleRate } = readWav(await readFile(out));
    expect(channels[0]!.length / sampleRate).toBeGreaterThan(0.5);
  });

  test('refuses a voice that does not exist and a file that cannot be written', async () => {
    const voice = await sotto('say', 'Hello.', '--voice', 'nobody', '--out', join(folder, 'x.wav'));
    expect(voice.code).toBe(1);
    expect(voice.stderr).toContain('no voice called nobody');
    const place = await sotto('say', 'Hello.', '--out', join(folder, 'missing', 'x.wav'));
    expect(place.code).toBe(1);
    expect(place.stderr).toContain('could not be written');
  });

  test('lists voices, tools and history as JSON', async () => {
    const voices = JSON.parse((await sotto('voices', '--json')).stdout) as { id: string }[];
    expect(voices.length).toBeGreaterThanOrEqual(4);
    const tools = JSON.parse((await sotto('tools', '--json')).stdout) as {
      name: string;
      leavesMachine: boolean;
      enabled: boolean;
    }[];
    expect(tools.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['get_date_time', 'get_weather', 'calculate', 'timbre_rag']),
    );
    const on = tools.filter(({ leavesMachine, enabled }) => leavesMachine && enabled).map(({ name }) => name);
    expect(on).toEqual(['open_link']); // asks each time what it may open
    expect(JSON.parse((await sotto('history', '--json')).stdout)).toEqual([]);
    const byTag = await sotto('history', '--json', '--tag', 'emotion=sad', '--tag', 'speed=fast');
    expect(JSON.parse(byTag.stdout)).toEqual([]);
    const wrong = await sotto('history', '--tag', 'sadness');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('emotion, style, gender')]);
  });
});
