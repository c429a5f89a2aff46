/** A stream, and one more item in between as soon as it is there; it is left out when the stream ends before. */
export async function* besides<T>(
  items: AsyncGenerator<T>,
  oneMore: Promise<T | undefined>,
): AsyncGenerator<T> {
  let waiting: Promise<{ readonly extra: T | undefined }> | undefined = oneMore.then((extra) => ({ extra }));
  try {
    for (let next = items.next(); ;) {
      const first = await (waiting ? Promise.race([next, waiting]) : next);
      if ('extra' in first) {
        waiting = undefined;
        if (first.extra !== undefined) yield first.extra;
        continue;
      }
      if (first.done) return;
      yield first.value;
      next = items.next();
    }
  } finally {
    await items.return(undefined);
  }
}
