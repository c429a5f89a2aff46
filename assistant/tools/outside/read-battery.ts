import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BatteryReader, BatteryState } from '../tool-context.ts';

const PATIENCE_MS = 5000;
const POWER_SUPPLIES = '/sys/class/power_supply';
const WINDOWS_SCRIPT =
  'Get-CimInstance Win32_Battery | Select-Object -First 1 EstimatedChargeRemaining, BatteryStatus | ConvertTo-Json';

/** How to read the battery on this system; undefined where nobody knows. */
export function batteryReaderFor(platform: NodeJS.Platform): BatteryReader | undefined {
  if (platform === 'linux') return () => readLinuxBattery(POWER_SUPPLIES);
  if (platform === 'darwin') {
    return async (signal) => parseMacBattery(await output('pmset', ['-g', 'batt'], signal));
  }
  if (platform === 'win32') {
    return async (signal) =>
      parseWindowsBattery(
        await output('powershell', ['-NoProfile', '-NonInteractive', '-Command', WINDOWS_SCRIPT], signal),
      );
  }
  return undefined;
}

/** From the kernel's folder of power supplies; mice and headsets ("scope: Device") do not count. */
export async function readLinuxBattery(folder: string): Promise<BatteryState | undefined> {
  const supplies = await readdir(folder).catch(() => []);
  for (const supply of supplies.sort()) {
    const fact = (name: string) =>
      readFile(join(folder, supply, name), 'utf8').then(
        (text) => text.trim(),
        () => '',
      );
    if ((await fact('type')) !== 'Battery' || (await fact('scope')) === 'Device') continue;
    const percent = Number.parseInt(await fact('capacity'), 10);
    if (Number.isNaN(percent)) continue;
    const status = (await fact('status')).toLowerCase();
    return { level: clamp(percent), state: status === 'not charging' ? 'full' : stateOf(status) };
  }
  return undefined;
}

/** From `pmset -g batt`: "-InternalBattery-0 (id=1)	87%; discharging; 4:12 remaining present: true" */
export function parseMacBattery(text: string): BatteryState | undefined {
  const match = /(\d+)%;\s*([a-z ]+)/i.exec(text);
  if (!match) return undefined;
  const status = match[2]!.trim().toLowerCase();
  return { level: clamp(Number(match[1])), state: status === 'charged' ? 'full' : stateOf(status) };
}

/** BatteryStatus of Win32_Battery: 1 on battery, 2 on mains, 3 full, 4 and 5 low, 6 to 9 charging. */
export function parseWindowsBattery(text: string): BatteryState | undefined {
  if (text.trim() === '') return undefined;
  const { EstimatedChargeRemaining: percent, BatteryStatus: status } = JSON.parse(text) as Record<
    string,
    unknown
  >;
  if (typeof percent !== 'number') return undefined;
  const charging = status === 2 || (typeof status === 'number' && status >= 6 && status <= 9);
  const draining = status === 1 || status === 4 || status === 5;
  const state = status === 3 ? 'full' : charging ? 'charging' : draining ? 'discharging' : 'unknown';
  return { level: clamp(percent), state };
}

function stateOf(status: string): BatteryState['state'] {
  return status === 'charging' || status === 'discharging' || status === 'full' ? status : 'unknown';
}

function clamp(percent: number): number {
  return Math.min(1, Math.max(0, percent / 100));
}

function output(program: string, programArguments: readonly string[], signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, programArguments, { signal, timeout: PATIENCE_MS }, (error, text) => {
      if (error) reject(error);
      else resolve(text);
    });
  });
}
