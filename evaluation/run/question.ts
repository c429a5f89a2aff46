import type { PromptMessage, ReplyRequest } from '../../contract/engine-contract.ts';
import type { DialogueTurn, Item } from '../items.ts';
import { benchmarkTools } from './benchmark-tools.ts';

/** Paralinguistic questions are answered by tags where a model does not word its replies. */
export function questionFor(item: Item, utteranceId: string, wordsReplies: boolean): ReplyRequest {
  const heard: PromptMessage = { role: 'human', content: [{ utteranceId }] };
  const common = { messages: [heard], tools: [], voiceId: '', spoken: false } as const;
  switch (item.task) {
    case 'transcribe':
      return { ...common, task: 'transcribe' };
    case 'translate':
      return { ...common, task: 'translate', targetLanguage: languageName(item.targetLanguage) };
    case 'paralinguistic':
      return { ...common, task: wordsReplies ? 'paralinguistic' : 'tags' };
    case 'converse':
      return { ...common, task: 'converse', messages: [message('system', CONVERSATION), heard] };
    case 'tool': {
      const earlier = item.history.map(({ from, text }) => message(from, text));
      const messages = [message('system', TOOL_CONVERSATION), ...earlier, heard];
      return { ...common, task: 'converse', messages, tools: benchmarkTools };
    }
  }
}

const CONVERSATION = 'You are a voice assistant. Answer briefly, in the language that you are spoken to.';
/** The official text is not published in full; the day is part of its form, and fixed so that answers can be repeated. */
const TOOL_CONVERSATION =
  '你是一个语音助手，会关心人。需要时你可以自己选择调用工具。今天是2025年7月22日，星期二。请用默认女声与用户交流。';

function message(role: DialogueTurn['from'] | 'system', text: string): PromptMessage {
  return { role, content: [{ text }] };
}

/** English name of a BCP 47 language: "Chinese", "English". */
export function languageName(language: string): string {
  const [base = language] = language.split(/[-_]/);
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(base) ?? language;
}
