/** Words that mean the same when somebody looks for a voice; the first of each row is the one that is shown. */
const families: readonly (readonly string[])[] = [
  ['female', 'woman', 'women', 'lady', 'girl', 'feminine', 'she', 'her', '女', '女声', '女性'],
  ['male', 'man', 'men', 'gentleman', 'guy', 'boy', 'masculine', 'he', 'him', '男', '男声', '男性'],
  ['neutral', 'androgynous', 'genderless', '中性'],
  ['deep', 'low', 'dark', 'bass', 'lower', 'deeper', '低沉', '深沉'],
  ['bright', 'high', 'light', 'higher', 'brighter', 'soprano', '明亮', '清亮'],
  ['young', 'youthful', 'younger', '年轻'],
  ['old', 'older', 'elderly', 'aged', '年长'],
  ['adult', 'mature', 'grown', '成熟'],
  ['calm', 'quiet', 'relaxed', 'steady', 'gentle', 'soft', 'soothing', '平静', '温柔'],
  ['friendly', 'warm', 'kind', 'nice', '友好', '温暖'],
  ['lively', 'energetic', 'cheerful', 'happy', '活泼'],
  ['robotic', 'robot', 'machine', 'computer', 'synthetic', 'retro', '机器人', '机械'],
  ['british', 'scottish', 'uk', 'english', 'scotland', 'britain', 'gb', '英国'],
  ['american', 'us', 'usa', 'america', '美国'],
  ['clear', 'plain', 'crisp', '清晰'],
  ['fast', 'quick', 'rapid', '快'],
  ['slow', 'slower', '慢'],
];

const ignored = new Set([
  'a',
  'an',
  'the',
  'voice',
  'voices',
  'with',
  'and',
  'or',
  'of',
  'to',
  'me',
  'please',
  'that',
  'sounds',
  'like',
  'sound',
  'sounding',
  'use',
  'switch',
  'change',
  'someone',
  'more',
  '声音',
  '的',
]);

export interface VoiceWord {
  /** What the result says it matched. */
  readonly shown: string;
  /** Any of these will do. */
  readonly alternatives: readonly string[];
  /** False for a word without a family, which may then be the beginning of a longer one: a name, half typed. */
  readonly known: boolean;
}

/** The words of a search with everything that means the same. Words that say nothing about a voice are left out. */
export function voiceWords(query: string): VoiceWord[] {
  const words = query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .filter((word) => !ignored.has(word))
    .map((word) => {
      const family = families.find((members) => members.includes(word));
      return { shown: family?.[0] ?? word, alternatives: family ?? [word], known: family !== undefined };
    });
}
