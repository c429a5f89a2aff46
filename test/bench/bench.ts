import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectPaths } from '../../headless/project-paths.ts';
import { commandLatencies } from './command-latency.ts';
import { describeMachine } from './machine.ts';
import { describeOverhead, mcpOverhead } from './mcp-overhead.ts';
import { keptSection } from './page-section.ts';
import { peerFactor } from './peer-recogniser.ts';
import { describeMs, percentile } from './percentiles.ts';
import { listeningFactors, speakingFactor } from './real-time-factors.ts';
import { spokenCommands } from './spoken-commands.ts';
import { startedAssistant, untilModelReady } from './started-assistant.ts';

const commandCount = 50;
const coldStarts = 5;
const megabyte = 1e6;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

say(describeMachine());
const commands = await spokenCommands(commandCount);

const readyMs: number[] = [];
for (let start = 0; start < coldStarts; start += 1) {
  const startedAt = performance.now();
  const running = await startedAssistant();
  await untilModelReady(running);
  readyMs.push(performance.now() - startedAt);
  await running.dispose();
}
say(`cold start to ready: ${describeMs(readyMs)}`);

const running = await startedAssistant();
await untilModelReady(running);
const latencies = await commandLatencies(running, commands);
const firstSound = latencies.commands.map(({ firstSoundMs }) => firstSoundMs);
const heard = latencies.commands.map(({ heardMs }) => heardMs);
say(`key-up to transcript: ${describeMs(heard)}`);
say(`key-up to first audible sample: ${describeMs(firstSound)} (${latencies.unanswered} without sound)`);
say(`assistant event loop, p99 delay: ${latencies.loopDelayP99Ms.toFixed(1)} ms`);

const factors = await listeningFactors(running, commands);
const speaking = await speakingFactor(running, [
  'It is a quarter past nine in Tokyo.',
  'Your timer for twenty five minutes is set.',
]);
const peer = peerFactor(commands.slice(0, 10));
const toolServer = await mcpOverhead();
say(`tool server round trip: ${describeOverhead(toolServer)}`);
const models = await running.assistant.listModels({}, new AbortController().signal);
const memory = models.find(({ state }) => state === 'ready')?.memoryBytes ?? 0;
const ownMemory = process.memoryUsage().rss;
await running.dispose();

const rows = [
  ['Cold start to ready', describeMs(readyMs), 'ready in 2 s'],
  ['Key-up to transcript', describeMs(heard), ''],
  ['Key-up to first audible sample', describeMs(firstSound), 'p50 below 300 ms'],
  ['Commands without sound', `${latencies.unanswered} of ${commands.length}`, '0'],
  ['Event loop of the assistant, p99 delay during turns', `${latencies.loopDelayP99Ms.toFixed(1)} ms`, ''],
  ...[...factors].map(([stage, factor]) => [`Real-time factor: ${stage}`, factor.toFixed(3), '']),
  ['Real-time factor: light voice', speaking.toFixed(3), ''],
  [
    'Real-time factor: PocketSphinx on the same files',
    peer === undefined ? 'not installed' : peer.toFixed(2),
    'the peer',
  ],
  ['Tool server round trip (official reference server, stdio)', describeOverhead(toolServer), 'below 10 ms'],
  ['Memory of the engine process', `${(memory / megabyte).toFixed(0)} MB`, ''],
  ['Memory of the assistant process', `${(ownMemory / megabyte).toFixed(0)} MB`, ''],
];
const table = [
  '| measure | result | aim |',
  '|---|---|---|',
  ...rows.map((row) => `| ${row.join(' | ')} |`),
].join('\n');
const p50 = percentile(firstSound, 0.5);
const text = `# Benchmarks

\`npm run bench\` writes this page. ${new Date().toISOString().slice(0, 10)}, ${describeMachine()}.

${commands.length} commands of test set b, spoken by flite's \`awb\` (a voice the model was never trained on) at the speed
of a person, through the assistant and its engine process. The clock starts when the key comes up and stops at the
first block of the reply whose level can be heard; the 200 ms that the interface goes on recording after key-up, and
the loudspeaker's own delay, come on top. Aim met at p50: ${p50 < 300 ? 'yes' : 'no'}.

${table}
`;
await mkdir(join(projectPaths.project, 'docs'), { recursive: true });
const path = join(projectPaths.project, 'docs', 'benchmarks.md');
const before = await readFile(path, 'utf8').catch(() => '');
const page = text + keptSection(before, 'full size') + keptSection(before, 'libraries');
if (before !== page) await writeFile(path, page);
say(`\n${table}\n\nWritten to docs/benchmarks.md`);
