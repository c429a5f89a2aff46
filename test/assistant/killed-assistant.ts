/** Run as a program: speaks a long reply, says so line by line, and waits to be killed. */
import { createAssistant } from '../../assistant/create-assistant.ts';
import { ScriptedEngine } from './scripted-engine.ts';

const [dataFolder = '', modelsFolder = ''] = process.argv.slice(2);
const engine = new ScriptedEngine();
engine.soundMsPerCharacter = 20;
engine.model = { ...engine.model, wordsReplies: true };
const sentences = Array.from({ length: 200 }, (_, index) => `This is sentence number ${index}. `);
engine.script = () => [{ type: 'text-delta', text: sentences.join('') }];
const { assistant } = await createAssistant({
  engine,
  modelsFolders: [modelsFolder],
  shell: 'browser',
  version: '0.0.0',
  open: async () => {},
  dataFolder,
  speechLeadMs: 0,
});
const never = new AbortController().signal;
void (async () => {
  for await (const event of assistant.events({}, never)) {
    if (event.type === 'turn' && event.event.type === 'text-delta')
      process.stdout.write(`${event.event.text}\n`);
  }
})();
await assistant.sendText({ text: 'tell me everything' }, never);
