import { exitCodes, runWithAssistant } from '../command-runtime.ts';
import { printRows } from '../table.ts';

/** `sotto remote`: which machine answers, and what the other one can do when it is asked. */
export function remote(options: { json: boolean }): Promise<void> {
  return runWithAssistant({ loadModel: false }, async ({ assistant }, signal) => {
    const { settings } = await assistant.getState({}, signal);
    const answers = settings.engine.kind === 'remote' ? 'the other machine' : 'this machine';
    const report = await assistant.testRemote({}, signal);
    if (options.json) {
      process.stdout.write(`${JSON.stringify({ answers: settings.engine.kind, ...report })}\n`);
      return exitCodes.ok;
    }
    const rows = [
      ['answers', answers],
      ['other machine', `${report.host}, ${report.isEncrypted ? 'encrypted' : 'not encrypted'}`],
      ['serves', report.models.join(', ') || 'keeps no list'],
      ['model', `${report.model}, first answer after ${report.firstAnswerMs} ms`],
      ['sound', report.hears ? 'is taken' : 'is not taken: only typed words can be answered'],
      ['speech', report.speaks ? 'comes as speech tokens' : 'does not come: a light voice reads the answers'],
    ].map(([topic, finding]) => ({ topic, finding }));
    printRows(rows, ['topic', 'finding'], false, '');
    return exitCodes.ok;
  });
}
