import { calculate } from './calculate/calculate.ts';
import { convertUnits } from './calculate/convert-units.ts';
import { flipCoin } from './chance/flip-coin.ts';
import { rollDice } from './chance/roll-dice.ts';
import { daysUntil } from './clock/days-until.ts';
import { getDateTime } from './clock/get-date-time.ts';
import { searchKnowledge } from './knowledge/search-knowledge.ts';
import { addNote } from './lists/add-note.ts';
import { addToList } from './lists/add-to-list.ts';
import { clearList } from './lists/clear-list.ts';
import { deleteNote } from './lists/delete-note.ts';
import { readList } from './lists/read-list.ts';
import { readNotes } from './lists/read-notes.ts';
import { removeFromList } from './lists/remove-from-list.ts';
import { batteryStatus } from './outside/battery-status.ts';
import { closeApp } from './outside/close-app.ts';
import { getWeather } from './outside/get-weather.ts';
import { openApp } from './outside/open-app.ts';
import { openLink } from './outside/open-link.ts';
import { webSearch } from './outside/web-search.ts';
import { stopTools } from './stop-tools.ts';
import { addReminder } from './timing/add-reminder.ts';
import { cancelAlarm } from './timing/cancel-alarm.ts';
import { cancelReminder } from './timing/cancel-reminder.ts';
import { cancelTimer } from './timing/cancel-timer.ts';
import { listAlarms } from './timing/list-alarms.ts';
import { listReminders } from './timing/list-reminders.ts';
import { listTimers } from './timing/list-timers.ts';
import { setAlarm } from './timing/set-alarm.ts';
import { setTimer } from './timing/set-timer.ts';
import { setSpeakingRate } from './voice/set-speaking-rate.ts';
import { setVolume } from './voice/set-volume.ts';
import { timbreRag } from './voice/timbre-rag.ts';
import { defineWord } from './words/define-word.ts';
import { spellWord } from './words/spell-word.ts';
import { translatePhrase } from './words/translate-phrase.ts';
import type { Tool } from './tool.ts';

/** Every tool Sotto has, in the order in which the list shows them. */
export const allTools: readonly Tool[] = [
  getDateTime,
  daysUntil,
  setTimer,
  listTimers,
  cancelTimer,
  setAlarm,
  listAlarms,
  cancelAlarm,
  addReminder,
  listReminders,
  cancelReminder,
  addNote,
  readNotes,
  deleteNote,
  addToList,
  readList,
  removeFromList,
  clearList,
  calculate,
  convertUnits,
  defineWord,
  spellWord,
  translatePhrase,
  rollDice,
  flipCoin,
  setVolume,
  setSpeakingRate,
  timbreRag,
  batteryStatus,
  openApp,
  closeApp,
  openLink,
  getWeather,
  webSearch,
  searchKnowledge,
  stopTools,
];
