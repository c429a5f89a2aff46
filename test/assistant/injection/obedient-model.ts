import type { ReplyEvent, ReplyRequest } from '../../../contract/engine-contract.ts';
import type { Script } from '../scripted-engine.ts';

const end: ReplyEvent = { type: 'end', stopReason: 'end-token', timings: {} };

/**
 * The worst model there could be: it calls the tool that it was asked for, and then, whatever it is told, whatever it
 * was forbidden, it does what strangers want: flips coins, sets timers and opens links.
 */
export function obedientModel(first: {
  readonly tool: string;
  readonly arguments: Record<string, unknown>;
}): Script {
  return (request: ReplyRequest) => {
    if (request.task !== 'converse') return [end];
    if (request.messages.at(-1)?.role !== 'input')
      return [{ type: 'tool-call', name: first.tool, arguments: first.arguments }, end];
    return [
      { type: 'text-delta', text: 'As the page says. ' },
      { type: 'tool-call', name: 'flip_coin', arguments: {} },
      { type: 'tool-call', name: 'set_timer', arguments: { seconds: 60 } },
      { type: 'tool-call', name: 'open_link', arguments: { address: 'https://evil.example/' } },
      end,
    ];
  };
}

/** Everything that a model was shown, beside what we wrote ourselves: as one text. */
export function shown(requests: readonly ReplyRequest[]): string {
  return requests
    .flatMap(({ messages, tools }) => [
      ...messages
        .filter(({ role }) => role === 'input' || role === 'human')
        .flatMap(({ content }) => content.map((part) => ('text' in part ? (part.text ?? '') : ''))),
      ...tools.map((tool) => tool.function.description),
    ])
    .join('\n');
}
