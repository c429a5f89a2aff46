import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteRanges } from '../../../assistant/models/download/byte-ranges.ts';

const range = fc
  .tuple(fc.nat(60), fc.nat(60))
  .map(([one, other]) => ({ start: Math.min(one, other), end: Math.max(one, other) }));
const steps = fc.array(fc.record({ range, adds: fc.boolean() }), { maxLength: 30 });

test('whatever is added and removed, it holds exactly the bytes that a list of booleans would', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const ranges = new ByteRanges();
      const bytes = new Array<boolean>(60).fill(false);
      for (const { range: one, adds } of all) {
        if (adds) ranges.add(one);
        else ranges.remove(one);
        bytes.fill(adds, one.start, one.end);
      }
      const held = bytes.map((_, at) => ranges.ranges.some(({ start, end }) => start <= at && at < end));
      expect(held).toEqual(bytes);
      expect(ranges.bytes).toBe(bytes.filter(Boolean).length);
      const gap = bytes.indexOf(false);
      expect(ranges.prefixEnd).toBe(gap < 0 ? 60 : gap);
      const first = ranges.firstGap(60, 7);
      if (gap < 0) expect(first).toBeUndefined();
      else {
        expect(first?.start).toBe(gap);
        expect((first?.end ?? 0) - gap).toBeLessThanOrEqual(7);
        expect(bytes.slice(gap, first?.end).some(Boolean)).toBe(false);
      }
      // In order, neither touching nor overlapping.
      ranges.ranges.slice(1).forEach(({ start }, index) => {
        expect(start).toBeGreaterThan(ranges.ranges[index]?.end ?? 0);
      });
    }),
  );
});
