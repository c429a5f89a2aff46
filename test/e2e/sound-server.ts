import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const recordingRate = 16_000;

/** Why there can be no virtual sound card here; empty when there can. */
export function soundServerMissing(): string {
  for (const program of ['pulseaudio', 'pacat', 'parecord', 'paplay']) {
    if (spawnSync('which', [program]).status !== 0) return `${program} is not installed`;
  }
  return '';
}

/** A PulseAudio of our own with a virtual microphone that we speak into and a virtual loudspeaker that we listen to. */
export class SoundServer {
  readonly environment: Record<string, string>;
  private readonly folder: string;
  private readonly children: ChildProcess[] = [];

  private constructor(folder: string) {
    this.folder = folder;
    this.environment = {
      ...(process.env as Record<string, string>),
      HOME: folder,
      XDG_RUNTIME_DIR: folder,
      PULSE_SERVER: `unix:${join(folder, 'pulse', 'native')}`,
    };
  }

  static async start(): Promise<SoundServer> {
    const folder = mkdtempSync(join(tmpdir(), 'sotto-sound-'));
    const server = new SoundServer(folder);
    writeFileSync(join(folder, '.asoundrc'), 'pcm.!default { type pulse }\nctl.!default { type pulse }\n');
    const modules = [
      'module-native-protocol-unix',
      'module-null-sink sink_name=mic_in rate=16000 channels=1',
      'module-remap-source source_name=mic master=mic_in.monitor',
      'module-null-sink sink_name=speaker rate=48000',
    ];
    const programArguments = [
      '-n',
      '--daemonize=no',
      '--exit-idle-time=-1',
      '--disable-shm=yes',
      ...modules.flatMap((name) => ['-L', name]),
    ];
    server.spawn('pulseaudio', programArguments);
    await server.waitUntilReady();
    await run('pactl', ['set-default-source', 'mic'], { env: server.environment });
    await run('pactl', ['set-default-sink', 'speaker'], { env: server.environment });
    /* Without a steady stream of silence the first second that is played into the microphone is lost. */
    server.spawn('pacat', [
      '--raw',
      '--format=s16le',
      '--rate=16000',
      '--channels=1',
      '--latency-msec=100',
      '-d',
      'mic_in',
      '/dev/zero',
    ]);
    return server;
  }

  /** Plays a WAV file into the microphone; resolves when its last sample has been played. */
  async speak(path: string): Promise<void> {
    await run('paplay', ['--device=mic_in', path], { env: this.environment });
  }

  /** Records the loudspeaker until the returned function is called; it gives 16 kHz mono samples. */
  listen(): () => Promise<Float32Array> {
    const recorder = this.spawn('parecord', [
      '--raw',
      '--format=s16le',
      `--rate=${recordingRate}`,
      '--channels=1',
      '-d',
      'speaker.monitor',
    ]);
    const chunks: Buffer[] = [];
    recorder.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    return async () => {
      const closed = new Promise((resolve) => recorder.once('close', resolve));
      recorder.kill('SIGTERM');
      await closed;
      const bytes = Buffer.concat(chunks);
      return Float32Array.from(
        { length: Math.floor(bytes.length / 2) },
        (_, index) => bytes.readInt16LE(index * 2) / 32_768,
      );
    };
  }

  async stop(): Promise<void> {
    for (const child of this.children.reverse()) child.kill('SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
  }

  private spawn(program: string, programArguments: string[]): ChildProcess {
    const child = spawn(program, programArguments, {
      env: this.environment,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.children.push(child);
    return child;
  }

  private async waitUntilReady(): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const answer = await run('pactl', ['info'], { env: this.environment }).catch(() => undefined);
      if (answer) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('PulseAudio did not start.');
  }
}

/** Root mean square of the loudest second, a measure of whether anything was said at all. */
export function loudestSecond(samples: Float32Array): number {
  let loudest = 0;
  for (let start = 0; start + recordingRate <= samples.length; start += recordingRate / 4) {
    const second = samples.subarray(start, start + recordingRate);
    loudest = Math.max(
      loudest,
      Math.sqrt(second.reduce((sum, sample) => sum + sample * sample, 0) / second.length),
    );
  }
  return loudest;
}
