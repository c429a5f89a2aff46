import { basename, extname } from 'node:path';
import { readSoundFile, writeSoundFile, type MonoSound } from '../../assistant/sound-file.ts';
import type { RunningAssistant } from '../../assistant/start-assistant.ts';
import type { TalkTask } from '../../contract/settings.ts';
import { runWithAssistant } from '../command-runtime.ts';
import { describeFailure } from '../error-words.ts';
import { describeTags, tagFields, type FileResult } from '../file-result.ts';
import { joinSounds } from '../join-sounds.ts';
import { playSound } from '../play-sound.ts';
import { eachFile } from './each-file.ts';
import { TurnWatcher, type WatchedTurn } from './watched-turn.ts';

export interface AskOptions {
  readonly json: boolean;
  readonly out?: string;
  readonly play: boolean;
  readonly voice?: string;
  /** All files are one conversation instead of one each. */
  readonly together: boolean;
  /** What is done with the files; absent: what is set. */
  readonly mode?: TalkTask;
  /** English name of the language for translations. */
  readonly to?: string;
}

/** `sotto ask`: every file is one spoken turn, answered like in the app, tools included. */
export function ask(files: readonly string[], options: AskOptions): Promise<void> {
  return runWithAssistant({ loadModel: true }, async (running, signal) => {
    const watcher = new TurnWatcher(running);
    try {
      if (options.voice) await running.assistant.selectVoice({ voiceId: options.voice }, signal);
      await running.assistant.newConversation({}, signal);
      return await eachFile(files, options.json, signal, async (file) => {
        const sound = await readSoundFile(file);
        if (!options.together && file !== files[0]) await running.assistant.newConversation({}, signal);
        const turn = await watcher.finished(await speakTo(running, sound, options, signal));
        await deliver(turn, answerPath(options.out, file, files.length), options.play, signal);
        return { result: resultOf(file, turn), lines: linesOf(turn) };
      });
    } finally {
      await watcher.close();
    }
  });
}

/** Plays a recording into the assistant as the microphone would, only faster. */
async function speakTo(
  running: RunningAssistant,
  sound: MonoSound,
  { mode, to }: AskOptions,
  signal: AbortSignal,
): Promise<string> {
  const { assistant } = running;
  const { utteranceId } = await assistant.startListening({ sampleRate: sound.sampleRate }, signal);
  for (let start = 0; start < sound.samples.length; start += sound.sampleRate) {
    await assistant.pushAudio(
      { utteranceId, samples: sound.samples.slice(start, start + sound.sampleRate) },
      signal,
    );
  }
  const asked = { ...(mode ? { task: mode } : {}), ...(to ? { targetLanguage: to } : {}) };
  return (await assistant.finishListening({ utteranceId, ...asked }, signal)).turnId;
}

async function deliver(
  turn: WatchedTurn,
  path: string | undefined,
  play: boolean,
  signal: AbortSignal,
): Promise<void> {
  const answer = joinSounds(turn.audio);
  if (!answer) return;
  if (path) await writeSoundFile(path, answer);
  if (play) await playSound(answer, signal);
}

/** With several files, `answer.wav` becomes `answer-question1.wav` and so on. */
function answerPath(out: string | undefined, file: string, fileCount: number): string | undefined {
  if (!out || fileCount === 1) return out;
  const ending = extname(out);
  return `${out.slice(0, out.length - ending.length)}-${basename(file, extname(file))}${ending}`;
}

function resultOf(file: string, turn: WatchedTurn): FileResult {
  return {
    file,
    transcript: turn.transcript,
    rejected: turn.rejected,
    ...tagFields(turn.tags),
    toolCalls: turn.toolCalls.map(({ name, arguments: given, result }) => ({
      name,
      arguments: given,
      result,
    })),
    reply: turn.reply,
    timings: turn.timings,
    ...(turn.failure
      ? {
          failure: {
            code: turn.failure.code,
            message: describeFailure(turn.failure.code, turn.failure.details),
          },
        }
      : {}),
  };
}

function linesOf(turn: WatchedTurn): string[] {
  const lines = [`You:   ${turn.transcript || '(nothing heard)'}`];
  const tags = describeTags(turn.tags);
  if (tags) lines.push(`       ${tags}`);
  for (const call of turn.toolCalls) lines.push(`Tool:  ${call.name} ${JSON.stringify(call.arguments)}`);
  if (turn.thinking) lines.push(`       (${turn.thinking.trim()})`);
  if (turn.reply) lines.push(`Sotto: ${turn.reply}`);
  if (turn.failure) lines.push(describeFailure(turn.failure.code, turn.failure.details));
  return lines;
}
