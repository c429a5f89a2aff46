import { isoMinute, wallTimeAt } from '../schedule/zoned-time.ts';
import { parseClockTime } from '../spoken-values/clock-time.ts';
import { parseDuration } from '../spoken-values/duration.ts';
import {
  parseAlarmMoment,
  parseSpokenMoment,
  type Here,
  type SpokenMoment,
} from '../spoken-values/spoken-moment.ts';
import type { IntentAction } from './intent-action.ts';
import {
  ask,
  call,
  saysAll,
  type HeardIntent,
  type IntentContext,
  type IntentHandlers,
} from './intent-handler.ts';

export const timingIntents: IntentHandlers = {
  set_timer: setTimer,
  timer_left: ({ slots }) => call('list_timers', { label: slots.label }),
  cancel_timer: ({ slots, transcript }) =>
    call('cancel_timer', {
      label: slots.label,
      seconds: slots.duration === undefined ? undefined : parseDuration(slots.duration),
      all: saysAll(transcript) || undefined,
    }),
  set_alarm: setAlarm,
  list_alarms: () => call('list_alarms'),
  cancel_alarm: cancelAlarm,
  add_reminder: addReminder,
  list_reminders: () => call('list_reminders'),
};

function setTimer({ slots }: HeardIntent): IntentAction {
  const seconds = slots.duration === undefined ? undefined : parseDuration(slots.duration);
  if (seconds === undefined) return ask('For how long? Say, for example: set a timer for ten minutes.');
  return call('set_timer', { seconds, label: slots.label });
}

function setAlarm({ slots, transcript, context }: HeardIntent): IntentAction {
  if (!slots.time) return ask('For what time? Say, for example: set an alarm for seven in the morning.');
  const waking = /\b(wake|get me up|get up)\b/.test(transcript);
  const moment = parseAlarmMoment(slots.time, slots.day, waking, here(context));
  if (!moment) return ask("I can't ring then. For what time should I set it?");
  return call('set_alarm', whenArguments(moment, context));
}

function cancelAlarm({ slots, transcript }: HeardIntent): IntentAction {
  const all = saysAll(transcript) || undefined;
  if (!slots.time) return call('cancel_alarm', { all });
  const clock = parseClockTime(slots.time);
  if (!clock) return ask('The alarm for what time?');
  const time = `${String(clock.hour).padStart(2, '0')}:${String(clock.minute).padStart(2, '0')}`;
  return call('cancel_alarm', { time, eitherHalf: clock.eitherHalf || undefined, all });
}

function addReminder({ slots, context }: HeardIntent): IntentAction {
  if (!slots.text) return ask('What should I remind you of?');
  const text = inSecondPerson(slots.text);
  if (!slots.when) return call('add_reminder', { text });
  const moment = parseSpokenMoment(slots.when, here(context));
  if (!moment) return ask("I can't make out when to remind you. Say it again with a day or a time.");
  return call('add_reminder', { text, ...whenArguments(moment, context) });
}

function here(context: IntentContext): Here {
  return { nowMs: context.now().getTime(), timeZone: context.timeZone };
}

/**
 * An instant as the wall time the tools take. A reminder "in ten seconds" must not be cut to its minute, so
 * seconds are kept where there are any.
 */
function whenArguments({ at, repeat }: SpokenMoment, { timeZone }: IntentContext) {
  const wall = wallTimeAt(at, timeZone);
  const seconds = wall.second > 0 ? `:${String(wall.second).padStart(2, '0')}` : '';
  return { at: `${isoMinute(wall)}${seconds}`, weekdays: repeat?.weekdays };
}

/** What the person says of themselves is read back to them: "call my mom" -> "call your mom". */
export function inSecondPerson(text: string): string {
  const swaps: Readonly<Record<string, string>> = {
    my: 'your',
    me: 'you',
    i: 'you',
    "i'm": "you're",
    "i've": "you've",
    am: 'are',
    our: 'your',
    mine: 'yours',
    myself: 'yourself',
  };
  return text
    .split(' ')
    .map((word) => swaps[word] ?? word)
    .join(' ');
}
