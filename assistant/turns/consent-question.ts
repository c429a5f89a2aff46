import type { OpenSubject } from '../tools/tool-context.ts';

/** What exactly would be done, as the consent card shows it. */
export function consentSubject(subject: OpenSubject): string {
  if (subject.kind === 'link') return subject.address;
  return subject.kind === 'close-app' ? `close ${subject.name}` : subject.name;
}

/** The same as a question to be said aloud. */
export function consentQuestion(subject: OpenSubject): string {
  if (subject.kind === 'link') return `May I open ${new URL(subject.address).hostname}?`;
  if (subject.kind === 'close-app') return `May I close ${subject.name}?`;
  return `May I open ${subject.name}?`;
}
