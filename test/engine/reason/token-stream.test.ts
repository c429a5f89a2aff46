import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packSpokenReply } from '../../../engine/reason/interleaving.ts';
import {
  TokenStream,
  type TokenEvent,
  type TokenStreamOptions,
} from '../../../engine/reason/token-stream.ts';
import { readTokenizer } from '../../../engine/reason/tokenizer.ts';
import { splitToolCalls, ToolCallReader } from '../../../engine/reason/tool-calls.ts';
import packings from '../../golden/ta4.json' with { type: 'json' };
import calls from '../../golden/tool_calls.json' with { type: 'json' };
import { tinyCheckpoint } from '../tiny-model.ts';

const tokenizer = readTokenizer(join(tinyCheckpoint, 'tokenizer.json'));

/** Events of a stream, neighbouring pieces of one kind joined. */
function read(ids: readonly number[], options?: TokenStreamOptions): TokenEvent[] {
  const stream = new TokenStream(tokenizer, options);
  const joined: TokenEvent[] = [];
  for (const event of [...ids.flatMap((id) => stream.push(id)), ...stream.finish()]) {
    const last = joined.at(-1);
    if ('text' in event && last?.type === event.type)
      joined[joined.length - 1] = { ...event, text: last.text + event.text };
    else joined.push(event);
  }
  return joined;
}

/** Ids of a text cut at the given places: cuts change the tokens, not what they say. */
function encodedInPieces(text: string, cuts: readonly number[]): number[] {
  const places = [
    0,
    ...[...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b),
    text.length,
  ];
  return places.slice(1).flatMap((end, index) => tokenizer.encodeUntrusted(text.slice(places[index], end)));
}

describe('tool calls', () => {
  test.each(calls)(
    'are read as the reference reads them: $text',
    ({ text, result_with_trimmed_names: expected }) => {
      expect(splitToolCalls(text)).toEqual(expected);
    },
  );

  test('to tools that were not offered are content', () => {
    const text = '<tool_call>function\nrm\n{}</tool_call>';
    expect(splitToolCalls(text, new Set(['search']))).toEqual({ content: text, calls: [] });
    expect(splitToolCalls(text, new Set(['rm'])).calls).toHaveLength(1);
  });

  test('need an object of arguments', () => {
    expect(splitToolCalls('<tool_call>function\nf\n[1]</tool_call>').calls).toEqual([]);
  });

  test('and content come out the same however a reply is cut', () => {
    fc.assert(
      fc.property(fc.constantFrom(...calls), fc.array(fc.nat(200)), ({ text }, cuts) => {
        const reader = new ToolCallReader();
        const places = [...new Set([0, ...cuts.map((cut) => cut % text.length), text.length])].sort(
          (a, b) => a - b,
        );
        const pieces = places.slice(1).map((end, index) => reader.push(text.slice(places[index], end)));
        const content = pieces.map((piece) => piece.content).join('') + reader.finish();
        expect({ content, calls: pieces.flatMap((piece) => piece.calls) }).toEqual(splitToolCalls(text));
      }),
    );
  });

  test('are given out as soon as they are complete', () => {
    const stream = new TokenStream(tokenizer);
    const ids = tokenizer.encode('<tool_call>function\nf\n{}</tool_call>');
    const last = ids.map((id) => stream.push(id)).at(-1);
    expect(last).toEqual([{ type: 'tool-call', call: { name: 'f', arguments: {} } }]);
  });
});

describe('a token stream', () => {
  const thought = '<think>\nhmm <b> 一\n</think>\n';
  const reply = '你好 <tool and 👋🏽 <tool_call>function\nf\n{"a": "é"}</tool_call>';

  test('gives the same events however the text was cut into tokens', () => {
    const expected = read(tokenizer.encode(thought + reply));
    expect(expected).toEqual([
      { type: 'thinking', text: '\nhmm <b> 一\n' },
      { type: 'text', text: '\n你好 <tool and 👋🏽 ' },
      { type: 'tool-call', call: { name: 'f', arguments: { a: 'é' } } },
    ]);
    fc.assert(
      fc.property(fc.array(fc.nat(500), { maxLength: 30 }), (cuts) => {
        // A cut inside a surrogate pair would change the text itself.
        const text = thought + reply;
        const whole = cuts.filter((cut) => !/[\udc00-\udfff]/.test(text[cut % (text.length + 1)] ?? ''));
        expect(read(encodedInPieces(text, whole))).toEqual(expected);
      }),
    );
  });

  test('never gives out half a character', () => {
    const stream = new TokenStream(tokenizer);
    const texts = tokenizer.encode('你好👋🏽').flatMap((id) => stream.push(id));
    expect(texts.every((event) => event.type === 'text' && !event.text.includes('\ufffd'))).toBe(true);
    expect(texts.map((event) => (event.type === 'text' ? event.text : '')).join('')).toBe('你好👋🏽');
  });

  test('separates speech from text by range, and drops control and filler', () => {
    const speech = (code: number) => tokenizer.idOf('<audio_0>') + code;
    const hello = tokenizer.encode('he');
    const packed = packSpokenReply(
      hello,
      [speech(3), speech(6560), speech(0), speech(9), speech(5)],
      tokenizer,
    );
    const events = read([...packed, tokenizer.idOf('<audio_6561>')]);
    expect(events.flatMap((event) => (event.type === 'speech' ? [event.code] : []))).toEqual([
      3, 6560, 0, 9, 5,
    ]);
    expect(events.flatMap((event) => (event.type === 'text' ? [event.text] : [])).join('')).toBe('he');
  });

  test('goes on thinking where the prompt left off', () => {
    const events = read(tokenizer.encode('so it is</think>\nyes'), { alreadyThinking: true });
    expect(events).toEqual([
      { type: 'thinking', text: 'so it is' },
      { type: 'text', text: '\nyes' },
    ]);
  });

  test('gives out what it held back when the reply ends early', () => {
    expect(read(tokenizer.encode('<think>never end</thi'))).toEqual([
      { type: 'thinking', text: 'never end</thi' },
    ]);
    expect(read(tokenizer.encodeUntrusted('so <tool_c'))).toEqual([{ type: 'text', text: 'so <tool_c' }]);
    expect(read(tokenizer.encodeUntrusted(' <thi'))).toEqual([{ type: 'text', text: ' <thi' }]);
  });
});

test.each(packings)('history packs $text_ids and $audio_ids as the reference does', (packing) => {
  expect(packSpokenReply(packing.text_ids, packing.audio_ids, tokenizer)).toEqual(packing.packed);
});
