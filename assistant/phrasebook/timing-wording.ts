import { dayAt } from '../schedule/zoned-time.ts';
import type { CancelAlarmResult } from '../tools/timing/cancel-alarm.ts';
import type { CancelledTimer, CancelTimerResult } from '../tools/timing/cancel-timer.ts';
import type { AlarmListing, ListAlarmsResult } from '../tools/timing/list-alarms.ts';
import type { ListRemindersResult, ReminderListing } from '../tools/timing/list-reminders.ts';
import type { ListTimersResult, TimerLeft } from '../tools/timing/list-timers.ts';
import type { SetAlarmResult } from '../tools/timing/set-alarm.ts';
import type { AddReminderResult } from '../tools/timing/add-reminder.ts';
import type { SetTimerResult } from '../tools/timing/set-timer.ts';
import type { WordingContext } from './outcome.ts';
import { pick } from './pick.ts';
import { sayCount, sayList, sentence } from './say-list.ts';
import { sayDuration, sayLengthOf, sayMoment } from './say-time.ts';
import type { ToolWordings } from './tool-wording.ts';

export const timingWordings: ToolWordings = {
  set_timer: ({ result }, context) => {
    const { seconds, label } = result as SetTimerResult;
    const length = sayDuration(seconds);
    const named = label ? `${sentence(label)} timer` : 'Timer';
    return pick(
      [
        `${named} set for ${length}.`,
        `Okay, ${length}, starting now.`,
        `${sentence(length)}. I'll tell you when the time is up.`,
      ],
      label ? { ...context, random: () => 0 } : context,
    );
  },
  list_timers: ({ result }) => {
    const { timers, label } = result as ListTimersResult;
    if (timers.length === 0) return label ? `There is no ${label} timer running.` : 'No timer is running.';
    if (timers.length === 1)
      return `${sentence(sayDuration(timers[0]!.secondsLeft))} left on the ${nameOfTimer(timers[0]!)}.`;
    const each = timers.map((timer) => `${sayDuration(timer.secondsLeft)} on the ${nameOfTimer(timer)}`);
    return `You have ${timers.length} timers: ${sayList(each)}.`;
  },
  cancel_timer: ({ result, arguments: given }, context) => {
    const { cancelled, choices } = result as CancelTimerResult;
    if (choices.length > 0)
      return `You have ${choices.length} timers: ${sayList(choices.map(theTimer))}. Which one should I cancel?`;
    if (cancelled.length === 0)
      return given.label || given.seconds ? "I can't find that timer." : 'No timer is running.';
    if (cancelled.length > 1) return `I cancelled all ${cancelled.length} timers.`;
    return pick(
      [`I cancelled ${theTimer(cancelled[0]!)}.`, `${sentence(theTimer(cancelled[0]!))} is off.`],
      context,
    );
  },
  set_alarm: ({ result }, context) => {
    const { at, weekdays } = result as SetAlarmResult;
    const moment = momentIn(at, weekdays, context);
    return pick([`Alarm set ${forAt(moment)}.`, `Okay, I'll ring ${moment}.`], context);
  },
  list_alarms: ({ result }, context) => {
    const { alarms } = result as ListAlarmsResult;
    if (alarms.length === 0) return 'No alarm is set.';
    if (alarms.length === 1) return `Your alarm rings ${whenOf(alarms[0]!, context)}.`;
    return `You have ${alarms.length} alarms: ${sayList(alarms.map((alarm) => whenOf(alarm, context)))}.`;
  },
  cancel_alarm: ({ result, arguments: given }, context) => {
    const { cancelled, choices } = result as CancelAlarmResult;
    if (choices.length > 0) {
      return `You have ${choices.length} alarms: ${sayList(choices.map((alarm) => whenOf(alarm, context)))}. Which one should I cancel?`;
    }
    if (cancelled.length === 0)
      return given.time ? "I can't find an alarm for that time." : 'No alarm is set.';
    if (cancelled.length > 1) return `I cancelled all ${cancelled.length} alarms.`;
    return `I cancelled your alarm ${whenOf(cancelled[0]!, context)}.`;
  },
  add_reminder: ({ result }, context) => {
    const { text, at, weekdays } = result as AddReminderResult;
    if (at === undefined)
      return `I put "${text}" on your list of things to do. Say a time with it, and I'll remind you then.`;
    const moment = momentIn(at, weekdays, context);
    return pick([`I'll remind you ${moment}: ${text}.`, `Okay. ${sentence(moment)}: ${text}.`], context);
  },
  list_reminders: ({ result }, context) => {
    const { reminders } = result as ListRemindersResult;
    if (reminders.length === 0) return 'You have no reminders.';
    const each = reminders.map((reminder) => sayReminder(reminder, context));
    if (each.length === 1) return `You have one reminder: ${each[0]}.`;
    return `You have ${sayCount(each.length, 'reminder')}: ${each.join('; ')}.`;
  },
  cancel_reminder: ({ result }) => {
    const { cancelled } = result as { cancelled: readonly string[] };
    return cancelled.length === 0 ? "I can't find that reminder." : `I deleted ${sayList(cancelled)}.`;
  },
};

function nameOfTimer({ label, seconds }: TimerLeft): string {
  return label ? `${label} timer` : `${sayLengthOf(seconds)} timer`;
}

function theTimer({ label, seconds }: CancelledTimer): string {
  return label ? `the ${label} timer` : `the ${sayLengthOf(seconds)} timer`;
}

function momentIn(
  at: string,
  weekdays: readonly number[],
  { now, timeZone, locale }: WordingContext,
): string {
  return sayMoment(at, weekdays, dayAt(now().getTime(), timeZone), locale);
}

function whenOf({ at, weekdays }: AlarmListing, context: WordingContext): string {
  return momentIn(at, weekdays, context);
}

/** "Alarm set for 7:00 AM tomorrow", "Alarm set every weekday at 7:00 AM" */
function forAt(moment: string): string {
  return moment.replace(/^at /, 'for ');
}

function sayReminder({ text, at, weekdays }: ReminderListing, context: WordingContext): string {
  return at === undefined ? text : `${text}, ${momentIn(at, weekdays, context)}`;
}
