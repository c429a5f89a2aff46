import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

export interface SoundFinding {
  readonly topic: string;
  readonly finding: string;
  readonly good: boolean;
}

/** Which programs record and play here without a browser, and which devices the sound server knows. */
export async function soundFindings(): Promise<SoundFinding[]> {
  if (process.platform !== 'linux') return [];
  const recorders = ['parecord', 'arecord', 'sox'].filter(isInstalled);
  const players = ['pw-play', 'paplay', 'aplay', 'play'].filter(isInstalled);
  return [
    {
      topic: 'recording',
      finding: recorders.join(', ') || 'no program (only the desktop app with a hidden window needs one)',
      good: true,
    },
    {
      topic: 'playing',
      finding: players.join(', ') || 'no program (sotto say --out writes a file instead)',
      good: true,
    },
    { topic: 'microphones', finding: await devices('sources'), good: true },
    { topic: 'speakers', finding: await devices('sinks'), good: true },
  ];
}

function isInstalled(program: string): boolean {
  return spawnSync('which', [program], { stdio: 'ignore' }).status === 0;
}

/** Names from PulseAudio or PipeWire; a monitor is a loudspeaker's echo, not a microphone. */
async function devices(kind: 'sources' | 'sinks'): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('pactl', ['list', 'short', kind], { timeout: 3000 });
    const names = stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t')[1] ?? '')
      .filter((name) => name !== '' && !name.endsWith('.monitor'));
    return names.join(', ') || 'none';
  } catch {
    return 'no sound server answers';
  }
}
