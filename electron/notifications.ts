import { Notification } from 'electron';
import { UserError } from '../contract/user-errors.ts';
import type { AppEvent } from '../contract/app-events.ts';
import type { ShellWords } from './words.ts';

type Due = Extract<AppEvent, { type: 'notify' }>;

/** The system's notification for a timer, an alarm or a reminder; a click opens the window. */
export function notifyDue(due: Due, words: ShellWords, open: () => void): void {
  notify(words[due.kind], due.title, open);
}

/** For failures while no window is open to show them. */
export function notifyFailure(error: unknown, words: ShellWords, open: () => void): void {
  const code = error instanceof UserError ? error.code : 'internal';
  const text =
    code === 'microphone-missing'
      ? words.microphoneMissing
      : code === 'microphone-lost'
        ? words.microphoneLost
        : words.failed;
  notify('Sotto', text, open);
}

function notify(title: string, body: string, open: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  notification.on('click', open);
  notification.show();
}
