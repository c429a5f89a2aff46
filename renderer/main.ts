import { mount } from 'svelte';
import { config as configureSchemas } from 'zod';
import App from './app.svelte';
import { openChannel } from './connection/open-channel.ts';
import { createBrowserDevices } from './audio/browser-devices.ts';
import { Sotto } from './state/sotto.svelte.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';

// The content security policy forbids the schemas' generated code.
configureSchemas({ jitless: true });

const sotto = new Sotto({
  openChannel: () => openChannel(window),
  devices: createBrowserDevices(),
  storage: window.localStorage,
  systemLanguages: navigator.languages,
  locks: window.sotto ? undefined : navigator.locks,
  folderDialog: window.sotto?.chooseFolder,
});
window.sotto?.onTalkKey((pressed) =>
  pressed ? sotto.pushToTalk.press() : sotto.pushToTalk.releaseGlobalKey(),
);

const target = document.getElementById('page');
if (!target) throw new Error('index.html has no #page element');
mount(App, { target, props: { sotto } });
void sotto.start();
