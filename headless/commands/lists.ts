import { describeFailure } from '../error-words.ts';
import { exitCodes, runWithAssistant } from '../command-runtime.ts';
import { soundFindings } from '../sound-programs.ts';
import { printRows } from '../table.ts';
import type { Assistant } from '../../contract/assistant-contract.ts';

/** `sotto tools`: every tool, whether it works, and whether it leaves the machine. */
export function tools(options: { json: boolean }): Promise<void> {
  return runWithAssistant({ loadModel: false }, async ({ assistant }, signal) => {
    const all = await assistant.listTools({}, signal);
    const rows = all.map((tool) => ({
      ...tool,
      state: tool.enabled ? 'on' : 'off',
      reach: tool.leavesMachine ? 'uses the internet' : 'offline',
      text: tool.reason ? `${tool.description} (${tool.reason})` : tool.description,
    }));
    printRows(rows, ['name', 'state', 'reach', 'text'], options.json, 'There are no tools.');
    return exitCodes.ok;
  });
}

/** `sotto models`: what is installed, and whether it is whole. */
export function models(options: { json: boolean }): Promise<void> {
  return runWithAssistant({ loadModel: true }, async ({ assistant }, signal) => {
    await loadSelected(assistant, signal);
    const all = await assistant.listModels({}, signal);
    const rows = all.map((model) => ({
      ...model,
      size: `${(model.bytes / 1e6).toFixed(1)} MB`,
      problem: model.failure ? describeFailure(model.failure.code, model.failure.details) : '',
    }));
    printRows(
      rows,
      ['id', 'version', 'state', 'size', 'licence', 'name', 'problem'],
      options.json,
      'No model is installed.',
    );
    return exitCodes.ok;
  });
}

/** `sotto doctor`: what was found on this machine; fails when something is not as it should be. */
export function doctor(options: { json: boolean }): Promise<void> {
  return runWithAssistant({ loadModel: true }, async ({ assistant }, signal) => {
    await loadSelected(assistant, signal);
    const findings = [...(await assistant.diagnose({}, signal)), ...(await soundFindings())];
    const rows = findings.map((finding) => ({ ...finding, mark: finding.good ? 'ok' : '!!' }));
    printRows(rows, ['mark', 'topic', 'finding'], options.json, 'Nothing to report.');
    return findings.every(({ good }) => good) ? exitCodes.ok : exitCodes.failed;
  });
}

/** So that the list tells whether it really loads; a failure is one of the things that are listed. */
async function loadSelected(assistant: Assistant, signal: AbortSignal): Promise<void> {
  const { settings, model } = await assistant.getState({}, signal);
  const modelId = settings.engine.kind === 'remote' ? model.id : settings.modelId;
  await assistant.loadModel({ modelId }, signal).catch((error: unknown) => {
    if (signal.aborted) throw error;
  });
}
