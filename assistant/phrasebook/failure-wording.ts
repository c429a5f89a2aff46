import type { Failure } from '../../contract/turn-events.ts';

/** What to say when a tool did not work. Short: the interface shows the rest. */
export function wordFailure(tool: string, { code, details }: Failure): string {
  switch (code) {
    case 'tool-off':
      return typeof details.reason === 'string' ? details.reason : "That's switched off in the settings.";
    case 'consent-refused':
      return "Okay, I won't.";
    case 'tool-unreachable':
      return `I couldn't reach ${details.host ?? 'the internet'}. Check the connection and try again.`;
    case 'tool-server-failed':
      return `${details.server ?? 'The tool server'} did not answer. Look at it in the settings.`;
    case 'tool-server-unapproved':
      return `${details.server ?? 'That tool server'} changed, so you have to allow it again in the settings.`;
    case 'tool-bad-arguments':
      return `I didn't understand what you need. Try to say it another way.`;
    case 'tool-failed':
      return wordToolFailed(tool, details);
    case 'disk-full':
      return 'The disk is full, so I could not save that.';
    case 'database-locked':
    case 'database-damaged':
      return "I couldn't save that, because my database can't be written.";
    case 'voice-missing':
      return "That voice isn't there any more.";
    default:
      return "Something went wrong, so that didn't work.";
  }
}

function wordToolFailed(tool: string, details: Failure['details']): string {
  const application = typeof details.application === 'string' ? details.application : '';
  if (tool === 'open_app' || tool === 'close_app') {
    return application
      ? `I can't find ${application} on this computer.`
      : "I couldn't find that program on this computer.";
  }
  if (tool === 'battery_status') return "I couldn't read the battery.";
  return "Something went wrong, so that didn't work.";
}
