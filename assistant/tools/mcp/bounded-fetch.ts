const LARGEST_ANSWER_BYTES = 4_000_000;
/** A stream of events stays open for as long as its server is used. */
const LARGEST_STREAM_BYTES = 64_000_000;

/** Asks a tool server: what it answers ends at a limit, and headers that hold a key are not carried elsewhere. */
export async function boundedFetch(address: string | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(address, { ...init, redirect: 'error' });
  if (!response.body) return response;
  const isStream = /event-stream/i.test(response.headers.get('content-type') ?? '');
  const most = isStream ? LARGEST_STREAM_BYTES : LARGEST_ANSWER_BYTES;
  let bytes = 0;
  const limit = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, controller) {
      bytes += piece.length;
      if (bytes > most) controller.error(new Error('the answer exceeded maximum size'));
      else controller.enqueue(piece);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(limit), { status, statusText, headers });
}
