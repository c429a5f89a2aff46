/** From `start` up to and without `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Which bytes of a file are there: ranges in order that neither touch nor overlap. */
export class ByteRanges {
  private list: ByteRange[] = [];

  constructor(ranges: readonly ByteRange[] = []) {
    for (const range of ranges) this.add(range);
  }

  get ranges(): readonly ByteRange[] {
    return this.list;
  }

  get bytes(): number {
    return this.list.reduce((sum, { start, end }) => sum + end - start, 0);
  }

  /** How much is there without a gap from the first byte on. */
  get prefixEnd(): number {
    const first = this.list[0];
    return first?.start === 0 ? first.end : 0;
  }

  add({ start, end }: ByteRange): void {
    if (end <= start) return;
    const before = this.list.filter((range) => range.end < start);
    const after = this.list.filter((range) => range.start > end);
    const touching = this.list.filter((range) => range.end >= start && range.start <= end);
    const joined = {
      start: Math.min(start, ...touching.map((range) => range.start)),
      end: Math.max(end, ...touching.map((range) => range.end)),
    };
    this.list = [...before, joined, ...after];
  }

  remove({ start, end }: ByteRange): void {
    if (end <= start) return;
    this.list = this.list.flatMap((range) =>
      [
        { start: range.start, end: Math.min(range.end, start) },
        { start: Math.max(range.start, end), end: range.end },
      ].filter((rest) => rest.end > rest.start),
    );
  }

  /** The first stretch of [0, `total`) that is not there, at most `longest` bytes. */
  firstGap(total: number, longest: number): ByteRange | undefined {
    const start = this.prefixEnd;
    if (start >= total) return undefined;
    const next = this.list.find((range) => range.start > start)?.start ?? total;
    return { start, end: Math.min(next, total, start + longest) };
  }
}
