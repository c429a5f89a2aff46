import { readSoundFile } from '../../assistant/sound-file.ts';
import { runWithAssistant } from '../command-runtime.ts';
import { describeTags, emptyResult, tagFields, type FileResult } from '../file-result.ts';
import { eachFile } from './each-file.ts';

const nothingHeard = "(I didn't hear anything.)";

/** `sotto transcribe` and `sotto tags`: what was said, or how; nothing is answered and nothing is stored. */
export function hear(
  task: 'transcribe' | 'tags',
  files: readonly string[],
  options: { json: boolean },
): Promise<void> {
  return runWithAssistant({ loadModel: true }, (running, signal) =>
    eachFile(files, options.json, signal, async (file) => {
      const sound = await readSoundFile(file);
      const heard = await running.hear({ ...sound, task }, signal);
      const result: FileResult = {
        ...emptyResult(file),
        transcript: heard.transcript,
        rejected: heard.rejected,
        ...tagFields(heard.tags),
        timings: { speechSeconds: heard.speechSeconds, ...heard.timings },
      };
      const text = task === 'tags' ? describeTags(heard.tags) : heard.transcript;
      return { result, lines: [text || nothingHeard] };
    }),
  );
}
