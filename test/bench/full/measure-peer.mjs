/** `node measure-peer.mjs <model.gguf> <threads> <prompt positions> <steps>`, in a folder that has node-llama-cpp. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [path, threads, positions, steps] = process.argv.slice(2);
const entry = createRequire(`${process.cwd()}/`).resolve('node-llama-cpp');
const { getLlama } = await import(pathToFileURL(entry).href);
const llama = await getLlama({ gpu: false, build: 'never', logLevel: 'error' });
const loadedAt = performance.now();
const model = await llama.loadModel({ modelPath: path });
const context = await model.createContext({ contextSize: 1024, batchSize: 512, threads: Number(threads) });
const loadMs = performance.now() - loadedAt;
const sequence = context.getSequence();
const tokens = (count) => Array.from({ length: count }, (_, index) => 1000 + ((index * 37) % 5000));
await sequence.evaluateWithoutGeneratingNewTokens(tokens(8));
await sequence.clearHistory();
const processorMs = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000;
const prefillFrom = processorMs();
const prefillAt = performance.now();
await sequence.evaluateWithoutGeneratingNewTokens(tokens(Number(positions)));
const prefillMs = performance.now() - prefillAt;
const prefillProcessorMs = processorMs() - prefillFrom;
const computed = [];
let computedBefore = processorMs();
const times = [];
let last = performance.now();
const replies = sequence.evaluate([1000], { temperature: 0 });
while (times.length < Number(steps)) {
  await replies.next();
  times.push(performance.now() - last);
  last = performance.now();
  computed.push(processorMs() - computedBefore);
  computedBefore = processorMs();
}
const stepMs = Math.min(...times.slice(2));
const stepProcessorMs = Math.min(...computed.slice(2));
const peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
process.stdout.write(
  `${JSON.stringify({ loadMs, prefillMs, prefillProcessorMs, stepMs, stepProcessorMs, peakMemoryBytes })}\n`,
);
process.exit(0);
