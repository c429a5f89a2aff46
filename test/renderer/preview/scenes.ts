import type { Sotto } from '../../../renderer/state/sotto.svelte.ts';
import type { ScriptedAssistant } from '../scripted-assistant.ts';
import { busyLibrary } from '../model-scripts.ts';
import { moodTurns, weatherTurn } from '../scripts.ts';

/** Moments of the interface worth looking at. */
export const scenes: Readonly<Record<string, (assistant: ScriptedAssistant, sotto: Sotto) => Promise<void>>> =
  {
    async listening(assistant) {
      await settled();
      assistant.setState({ phase: 'listening' });
      let time = 0;
      setInterval(() => {
        time += 0.05;
        assistant.emit({ type: 'level', level: 0.11 + 0.09 * Math.sin(time * 7), speech: true });
      }, 50);
      await pause(600);
    },
    async speaking(assistant) {
      await settled();
      assistant.stepMs = 0;
      void assistant.playTurn('voice', weatherTurn.slice(0, -1));
      await settled();
      assistant.setState({ phase: 'speaking' });
    },
    async working(assistant) {
      await settled();
      assistant.stepMs = 0;
      void assistant.playTurn('voice', weatherTurn.slice(0, 4));
      await settled();
      assistant.setState({ phase: 'working' });
    },
    async trouble(assistant) {
      await settled();
      assistant.emit({
        type: 'notify',
        id: 'timer-1',
        kind: 'timer',
        title: 'Pasta',
        firedAt: Date.now(),
      });
      assistant.emit({ type: 'failure', failure: { code: 'microphone-denied', details: {} } });
      assistant.stepMs = 0;
      await assistant.playTurn('voice', [
        { type: 'heard', transcript: 'what is the wether in Bergen', rejected: true, confidence: 0.41 },
        {
          type: 'turn-end',
          outcome: 'failed',
          failure: { code: 'tool-unreachable', details: { tool: 'Open-Meteo' } },
        },
      ]);
    },
    async mood(assistant) {
      await settled();
      assistant.stepMs = 0;
      for (const steps of moodTurns) await assistant.playTurn('voice', steps);
    },
    async correcting(assistant, sotto) {
      await scenes['mood']?.(assistant, sotto);
      await settled();
      const chips = document.querySelectorAll<HTMLElement>('button[aria-haspopup="menu"]');
      [...chips].findLast((chip) => chip.closest('.beside'))?.click();
    },
    async filtering(_assistant, sotto) {
      await settled();
      await sotto.history.toggleTag({ name: 'gender', value: 'male' });
      document.querySelector('details')?.setAttribute('open', '');
    },
    async consent(assistant) {
      await settled();
      assistant.emit({
        type: 'consent-request',
        consentId: 'consent-1',
        tool: 'open',
        subject: 'https://www.openstreetmap.org/search?query=Bergen',
      });
    },
    async fetching(assistant) {
      assistant.library = busyLibrary;
      assistant.emit({ type: 'library-changed' });
      await settled();
      document.getElementById('section-offers')?.scrollIntoView();
    },
    async folders(_assistant, sotto) {
      await settled();
      void sotto.folderChoice.choose('/home/ada');
      await settled();
    },
    async ownFolder() {
      await settled();
      document.getElementById('section-own-models')?.scrollIntoView();
    },
    async search(_assistant, sotto) {
      await settled();
      sotto.history.query = 'timer';
      await sotto.history.read();
    },
    async reading(assistant, sotto) {
      await settled();
      const [first] = await assistant.listConversations({});
      if (first) await sotto.history.open(first);
    },
  };

function settled(): Promise<void> {
  return pause(120);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
