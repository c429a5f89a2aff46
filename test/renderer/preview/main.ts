import { mount } from 'svelte';
import { config as configureSchemas } from 'zod';
import App from '../../../renderer/app.svelte';
import { createBrowserDevices } from '../../../renderer/audio/browser-devices.ts';
import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import '../../../renderer/styles/controls.css';
import { Sotto } from '../../../renderer/state/sotto.svelte.ts';
import type { ViewName } from '../../../renderer/state/navigation.svelte.ts';
import { serveAssistant } from '../../../contract/calls/assistant-calls.ts';
import { memoryChannelPair } from '../../../contract/calls/memory-channel.ts';
import type { Settings } from '../../../contract/settings.ts';
import { ScriptedAssistant } from '../scripted-assistant.ts';
import { freshScript, livedInScript, weatherTurn } from '../scripts.ts';
import { scenes } from './scenes.ts';

/** The interface over a scripted assistant: /?scene=talk&view=history&theme=dark&language=zh-CN */
configureSchemas({ jitless: true });
const query = new URLSearchParams(location.search);
const scene = query.get('scene') ?? 'talk';
const script = scene === 'first' ? freshScript(Date.now()) : livedInScript(Date.now());
const assistant = new ScriptedAssistant(script, {
  theme: (query.get('theme') ?? 'system') as Settings['theme'],
  language: (query.get('language') ?? 'en') as Settings['language'],
});
assistant.nextTurn = weatherTurn;
assistant.stepMs = 400;

const sotto = new Sotto({
  openChannel: async () => {
    const [here, there] = memoryChannelPair();
    serveAssistant(there, assistant, (name, error) => console.error(name, error));
    return here;
  },
  devices: createBrowserDevices(),
  storage: undefined,
  systemLanguages: navigator.languages,
  locks: undefined,
});
const target = document.getElementById('page');
if (!target) throw new Error('index.html has no #page element');
sotto.navigation.go((query.get('view') ?? 'talk') as ViewName);
mount(App, { target, props: { sotto } });
await sotto.start();
await scenes[scene]?.(assistant, sotto);
document.documentElement.dataset.ready = 'true';
