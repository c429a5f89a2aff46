import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineLog } from '../../../evaluation/run/line-log.ts';
import { newFolder } from '../made-files.ts';

interface Kept {
  readonly key: string;
  readonly words: string;
}

describe('a log of records', () => {
  test('has what was added, also when it is opened again', async () => {
    const path = join(await newFolder(), 'sets', 'a.jsonl');
    const log = new LineLog<Kept>(path);
    log.add({ key: '1', words: '你好\nline' });
    log.add({ key: '2', words: 'two' });
    log.close();
    const again = new LineLog<Kept>(path);
    expect(again.size).toBe(2);
    expect(again.get('1')).toEqual({ key: '1', words: '你好\nline' });
    again.close();
  });

  test('loses no more than the last record, wherever a kill cuts the file', async () => {
    const path = join(await newFolder(), 'a.jsonl');
    const log = new LineLog<Kept>(path);
    const records = Array.from({ length: 5 }, (_, index) => ({ key: String(index), words: `词 ${index}` }));
    for (const record of records) log.add(record);
    log.close();
    const whole = readFileSync(path);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length }), (cut) => {
        writeFileSync(path, whole.subarray(0, cut));
        const opened = new LineLog<Kept>(path);
        const kept = whole.subarray(0, cut).toString('latin1').split('\n').length - 1;
        expect(opened.size).toBe(kept);
        for (const record of records.slice(opened.size)) opened.add(record);
        opened.close();
        expect(readFileSync(path)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  test('passes over lines that are no records', async () => {
    const path = join(await newFolder(), 'a.jsonl');
    appendFileSync(path, 'null\n42\n{"key":7}\n[]\n{"key":"x","words":"y"}\n');
    const log = new LineLog<Kept>(path);
    expect(log.size).toBe(1);
    log.close();
  });
});
