import { spawn } from 'node:child_process';
import { UserError } from '../../contract/user-errors.ts';
import type { OpenSubject } from '../tools/tool-context.ts';
import { applicationFolders, findDesktopEntry } from './desktop-entries.ts';

/**
 * Opens links and applications, and asks applications to close, with the system's own programs. Nothing goes
 * through a shell and names travel as arguments or environment, so spoken words cannot become a command.
 *
 * @throws UserError tool-failed when there is no such application or no such means here.
 */
export async function openWithSystem(subject: OpenSubject, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (subject.kind === 'link') return openLink(subject.address);
  if (subject.kind === 'app') return openApplication(subject.name);
  return closeApplication(subject.name);
}

function openLink(address: string): Promise<void> {
  const { protocol, href } = new URL(address);
  if (protocol !== 'http:' && protocol !== 'https:') throw new UserError('tool-failed', { tool: 'open_app' });
  if (process.platform === 'darwin') return start('open', [href]);
  if (process.platform === 'win32') return start('rundll32', ['url.dll,FileProtocolHandler', href]);
  return start('xdg-open', [href]);
}

async function openApplication(name: string): Promise<void> {
  if (process.platform === 'darwin') return run('open', ['-a', name], 'open_app');
  if (process.platform === 'win32') {
    const script =
      '$app = Get-StartApps | Where-Object { $_.Name -like ($env:SOTTO_NAME + "*") } | Select-Object -First 1; ' +
      'if (-not $app) { exit 1 }; Start-Process ("shell:AppsFolder\\" + $app.AppID)';
    return run('powershell', ['-NoProfile', '-NonInteractive', '-Command', script], 'open_app', {
      SOTTO_NAME: name,
    });
  }
  const entry = await findDesktopEntry(name, applicationFolders(process.env));
  if (!entry) throw new UserError('tool-failed', { tool: 'open_app', application: name });
  return start('gio', ['launch', entry.path]);
}

async function closeApplication(name: string): Promise<void> {
  if (process.platform === 'darwin') {
    const script = 'on run argv\nquit application (item 1 of argv)\nend run';
    return run('osascript', ['-e', script, name], 'close_app');
  }
  if (process.platform === 'win32') {
    const script =
      '$p = Get-Process | Where-Object { $_.MainWindowTitle -and ($_.Name -like ($env:SOTTO_NAME + "*") -or ' +
      '$_.Description -like ($env:SOTTO_NAME + "*")) }; if (-not $p) { exit 1 }; $p | ForEach-Object { $_.CloseMainWindow() }';
    return run('powershell', ['-NoProfile', '-NonInteractive', '-Command', script], 'close_app', {
      SOTTO_NAME: name,
    });
  }
  const entry = await findDesktopEntry(name, applicationFolders(process.env));
  if (!entry || entry.program === '')
    throw new UserError('tool-failed', { tool: 'close_app', application: name });
  return run('pkill', ['-TERM', '-x', entry.program], 'close_app');
}

/** Starts a program and lets it live on. */
function start(program: string, programArguments: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, programArguments, { stdio: 'ignore', detached: true });
    child.once('error', (cause) => reject(new UserError('tool-failed', { tool: 'open_app' }, { cause })));
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}

/** Runs a program to its end; any exit code but 0 is a failure. */
function run(
  program: string,
  programArguments: readonly string[],
  tool: string,
  environment: Record<string, string> = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, programArguments, {
      stdio: 'ignore',
      env: { ...process.env, ...environment },
    });
    child.once('error', (cause) => reject(new UserError('tool-failed', { tool }, { cause })));
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new UserError('tool-failed', { tool }))));
  });
}
