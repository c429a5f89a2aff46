/** No piece of a reply is nearly as long; whatever is, is not one. */
const longestEventCharacters = 4_000_000;

/**
 * The `data` of server-sent events, whatever the pieces are that the bytes come in: characters, lines and line ends
 * may be split anywhere. Comments and other fields are left out.
 *
 * @throws RangeError when an event never ends
 */
export async function* eventData(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const characters = new TextDecoder();
  const event = new EventLines();
  for await (const piece of bytes) yield* event.push(characters.decode(piece, { stream: true }));
  yield* event.push(characters.decode());
  yield* event.finish();
}

class EventLines {
  #waiting = '';
  #data: string[] = [];

  /** The data of the events that this text completes. */
  *push(text: string): Generator<string> {
    this.#waiting += text;
    let from = 0;
    for (;;) {
      const end = /\r\n|\n|\r/g;
      end.lastIndex = from;
      const found = end.exec(this.#waiting);
      // A carriage return at the very end may be half of a line end.
      if (!found || (found[0] === '\r' && end.lastIndex === this.#waiting.length)) break;
      yield* this.#take(this.#waiting.slice(from, found.index));
      from = end.lastIndex;
    }
    this.#waiting = this.#waiting.slice(from);
    if (this.#waiting.length > longestEventCharacters) throw new RangeError('an event without end');
  }

  /** A last event that no empty line follows counts as well. */
  *finish(): Generator<string> {
    yield* this.#take(this.#waiting.replace(/\r$/, ''));
    yield* this.#take('');
  }

  *#take(line: string): Generator<string> {
    if (line === '') {
      if (this.#data.length > 0) yield this.#data.join('\n');
      this.#data = [];
    } else if (line.startsWith('data:')) {
      this.#data.push(line.slice(line.startsWith('data: ') ? 6 : 5));
    }
  }
}
