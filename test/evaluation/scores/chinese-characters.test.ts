import { describe, expect, test } from 'vitest';
import { bareCharacters, chineseCharacters } from '../../../evaluation/scores/chinese-characters.ts';
import { chineseNumerals } from '../../../evaluation/scores/chinese-numbers.ts';
import { comparisonFor } from '../../../evaluation/scores/compared-units.ts';

const plain = (text: string): string => chineseCharacters(text).join('');

describe('Chinese characters', () => {
  test.each([
    ['2023年', '二零二三年'],
    ['12点', '十二点'],
    ['8:05', '八点零五分'],
    ['100%', '百分之一百'],
    ['3.14', '三点一四'],
    ['1050', '一千零五十'],
    ['10001', '一万零一'],
    ['1,200', '一千二百'],
    ['120000', '十二万'],
    ['100,200,000', '一亿零二十万'],
    ['3/4', '四分之三'],
    ['13800138000', '一三八零零一三八零零零'],
    ['007', '零零七'],
    ['0', '零'],
  ])('say %s as %s', (written, said) => {
    expect(chineseNumerals(written)).toBe(said);
  });

  test('are alike in full and half width, with and without punctuation and blanks', () => {
    expect(plain('Ｈｉ，小 跃！今天２０度。')).toBe(plain('hi小跃今天二十度'));
    expect(plain('“好的”…… （笑）')).toBe('好的');
  });

  test('stay apart where they are others', () => {
    expect(plain('國')).not.toBe(plain('国'));
  });

  test('keep numerals where no Chinese is spoken', () => {
    expect(bareCharacters('２月３日、晴れ。')).toEqual([...'2月3日晴れ']);
  });

  test('are what Chinese, Cantonese and Japanese are compared by, and words what the others are', () => {
    expect(['zh-CN', 'yue', 'ja'].map((language) => comparisonFor(language).unit)).toEqual(
      Array(3).fill('character'),
    );
    expect(['en-GB', 'ar', 'de'].map((language) => comparisonFor(language).unit)).toEqual(
      Array(3).fill('word'),
    );
  });
});
