/**
 * A stream, and one more item in between as soon as it is there; it is left out when the stream ends before. Whoever
 * leaves ends the work behind the stream at once, even while its next item is being waited for.
 */
export async function* besides<T>(
  work: (signal: AbortSignal) => AsyncGenerator<T>,
  oneMore: Promise<T | undefined>,
  signal: AbortSignal,
): AsyncGenerator<T> {
  const leaving = new AbortController();
  const items = work(AbortSignal.any([signal, leaving.signal]));
  let waiting: Promise<{ readonly extra: T | undefined }> | undefined = oneMore.then((extra) => ({ extra }));
  try {
    for (let next = items.next(); ;) {
      const first = await (waiting ? Promise.race([next, waiting]) : next);
      if ('extra' in first) {
        waiting = undefined;
        // Left here, it is rejected with nobody to hear it.
        next.catch(() => {});
        if (first.extra !== undefined) yield first.extra;
        continue;
      }
      if (first.done) return;
      yield first.value;
      next = items.next();
    }
  } finally {
    leaving.abort(new DOMException('Nobody listens any more.', 'AbortError'));
    await items.return(undefined).catch(() => {});
  }
}
