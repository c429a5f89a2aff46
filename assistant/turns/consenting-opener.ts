import type { Settings, SettingsPatch } from '../../contract/settings.ts';
import { UserError } from '../../contract/user-errors.ts';
import type { Opener, OpenSubject } from '../tools/tool-context.ts';
import { consentQuestion, consentSubject } from './consent-question.ts';
import type { ConsentAnswer, Consents } from './consents.ts';

export interface ConsentingOpenerOptions {
  readonly open: (subject: OpenSubject, signal: AbortSignal) => Promise<void>;
  readonly consents: Consents;
  readonly settings: () => Settings;
  readonly update: (patch: SettingsPatch) => void;
  /** The tool that wants to open something. */
  readonly tool: () => string;
  /** True when the person has just said yes to this very call. */
  readonly isAgreed: () => boolean;
  /** Says the question aloud before the wait. */
  readonly askAloud: (question: string, signal: AbortSignal) => Promise<void>;
}

/** Asks before anything outside of Sotto is opened or closed, as the person has set it. */
export class ConsentingOpener implements Opener {
  private readonly options: ConsentingOpenerOptions;

  constructor(options: ConsentingOpenerOptions) {
    this.options = options;
  }

  async open(subject: OpenSubject, signal: AbortSignal): Promise<void> {
    await this.requireConsent(subject, signal);
    await this.options.open(subject, signal);
  }

  async permit(subject: string, question: string, signal: AbortSignal): Promise<ConsentAnswer> {
    const { consents, tool, isAgreed, askAloud } = this.options;
    if (isAgreed()) return 'once';
    const asked = consents.ask(tool(), subject, signal);
    const [answer] = await Promise.all([asked, askAloud(question, signal)]);
    return answer;
  }

  private async requireConsent(subject: OpenSubject, signal: AbortSignal): Promise<void> {
    const { consents, settings, update, tool, isAgreed, askAloud } = this.options;
    const { openPermission } = settings();
    const shown = consentSubject(subject);
    if (openPermission === 'never') throw new UserError('consent-refused', { tool: tool(), subject: shown });
    if (openPermission === 'always' || isAgreed()) return;
    const asked = consents.ask(tool(), shown, signal);
    const [answer] = await Promise.all([asked, askAloud(consentQuestion(subject), signal)]);
    if (answer === 'no') throw new UserError('consent-refused', { tool: tool(), subject: shown });
    if (answer === 'always') update({ openPermission: 'always' });
  }
}
