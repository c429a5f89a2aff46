import { UserError } from '../../contract/user-errors.ts';
import { ChatClient } from '../../engine/remote/chat-client.ts';
import type { Judge, JudgeQuestion, Mark } from './judge.ts';
import { judgeMessages, readMark } from './judge-prompt.ts';

export interface JudgeWish {
  /** A server with OpenAI-compatible chat. */
  readonly url: string;
  readonly model: string;
  /** Empty = none. */
  readonly key: string;
}

const ATTEMPTS = 2;
const LONGEST_ANSWER_TOKENS = 2048;

/** A model that the person chose, asked over the network. What was said by the model under test goes there. */
export class ChatJudge implements Judge {
  readonly name: string;
  readonly #client: ChatClient;

  /** @throws UserError evaluation-judge-wrong, remote-address-wrong, remote-not-private */
  constructor({ url, model, key }: JudgeWish) {
    if (model === '') throw new UserError('evaluation-judge-wrong', { reason: '--judge-model names none' });
    this.#client = new ChatClient({ url, model, key, thinks: false, allowPlainHttp: false, proxy: '' });
    this.name = `${model} (${this.#client.address.host})`;
  }

  async mark(question: JudgeQuestion, signal: AbortSignal): Promise<Mark | undefined> {
    const messages = judgeMessages(question);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const request = { messages, temperature: 0, seed: attempt, max_tokens: LONGEST_ANSWER_TOKENS };
      let answer = '';
      for await (const { text } of this.#client.reply(request, signal)) answer += text;
      const mark = readMark(question.kind, answer);
      if (mark !== undefined) return mark;
    }
    return undefined;
  }

  async close(): Promise<void> {
    await this.#client.close();
  }
}
