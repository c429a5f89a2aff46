import type { Settings } from '../../contract/settings.ts';
import type { Tag } from '../../contract/tags.ts';
import type { KeptHistories } from '../kept-histories.ts';
import type { LiveTurn } from '../turns/live-turn.ts';
import { carryOver } from './carry-over.ts';
import { fitTone } from './fit-tone.ts';

/**
 * Takes in how the person sounds, as they corrected it before, and fits the reply to it while nothing of it has been
 * said. Nothing of this where it is switched off.
 */
export function hearTags(
  turn: LiveTurn,
  tags: readonly Tag[],
  around: {
    readonly histories: KeptHistories;
    readonly settings: Settings;
    /** Only in a conversation is the reply the assistant's own. */
    readonly isTalk: boolean;
  },
): void {
  const { histories, settings, isTalk } = around;
  if (!settings.hearTags) return;
  turn.heardTags(carryOver(tags, histories.tagCorrections(turn.conversationId), turn.startedAt));
  if (!isTalk || !settings.answerByTone || turn.tone || turn.reply) return;
  const tone = fitTone(turn.tags, histories.recentLoudness());
  if (tone) turn.toned(tone);
}
