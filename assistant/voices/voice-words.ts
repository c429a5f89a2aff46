/** Words that mean the same when somebody looks for a voice; the first of each row is the one that is shown. */
const families: readonly (readonly string[])[] = [
  ['female', 'woman', 'women', 'lady', 'girl', 'feminine', 'she', 'her', '女', '女声', '女性'],
  ['male', 'man', 'men', 'gentleman', 'guy', 'boy', 'masculine', 'he', 'him', '男', '男声', '男性'],
  ['neutral', 'androgynous', 'genderless', '中性'],
  ['deep', 'low', 'dark', 'bass', 'lower', 'deeper', 'baritone', '低沉', '深沉'],
  ['bright', 'high', 'light', 'higher', 'brighter', 'soprano', '明亮', '清亮'],
  ['young', 'youthful', 'younger', 'teenager', 'teen', '年轻'],
  ['elderly', 'old', 'older', 'aged', 'senior', '年长', '老', '老年'],
  ['adult', 'mature', 'grown', '成熟'],
  ['child', 'kid', 'childlike', '孩子', '儿童', '小孩'],
  ['calm', 'quiet', 'relaxed', 'steady', 'gentle', 'soft', 'soothing', '平静', '温柔'],
  ['friendly', 'warm', 'kind', 'nice', '友好', '温暖'],
  ['lively', 'energetic', 'cheerful', 'happy', 'joyful', '活泼', '开心', '高兴'],
  ['sad', 'unhappy', 'melancholy', 'sorrowful', '悲伤', '难过'],
  ['angry', 'furious', 'annoyed', '生气', '愤怒'],
  ['rough', 'hoarse', 'gravelly', 'raspy', 'husky', 'gruff', '沙哑', '粗犷'],
  ['whispering', 'whisper', 'whispered', 'breathy', '耳语', '轻声'],
  ['serious', 'formal', 'stern', 'solemn', '严肃'],
  ['robotic', 'robot', 'machine', 'computer', 'synthetic', 'retro', '机器人', '机械'],
  ['british', 'scottish', 'uk', 'english', 'scotland', 'britain', 'gb', '英国'],
  ['american', 'us', 'usa', 'america', '美国'],
  ['chinese', 'mandarin', 'zh', 'cn', '中文', '普通话', '汉语'],
  ['clear', 'plain', 'crisp', '清晰'],
  ['fast', 'quick', 'rapid', 'brisk', '快'],
  ['slow', 'slower', '慢'],
  ['sailor', 'seaman', 'seafarer', 'mariner', 'pirate', '水手', '海盗'],
  ['captain', 'skipper', '船长'],
  ['grandmother', 'grandma', 'granny', '奶奶', '外婆'],
  ['grandfather', 'grandpa', '爷爷', '外公'],
  ['giant', 'ogre', 'troll', 'monster', '巨人', '怪物'],
  ['wizard', 'sorcerer', 'mage', '巫师'],
  ['narrator', 'storyteller', 'newsreader', 'announcer', '播音员', '主持人'],
  ['princess', 'fairy', '公主', '仙女'],
];

/** What people expect of somebody; used where no voice says that it is one. */
const personas: Readonly<Record<string, readonly string[]>> = {
  sailor: ['male', 'elderly', 'deep', 'rough', 'slow'],
  captain: ['male', 'deep', 'serious'],
  grandmother: ['female', 'elderly', 'slow'],
  grandfather: ['male', 'elderly', 'slow'],
  giant: ['male', 'deep', 'slow'],
  wizard: ['male', 'elderly', 'slow'],
  narrator: ['clear', 'calm'],
  princess: ['female', 'young', 'bright'],
  child: ['young', 'bright'],
};

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
  'talk',
  'speak',
  'in',
  'i',
  'my',
  'you',
  'your',
  'can',
  'now',
  'for',
  'is',
  '一个',
  '像',
  '用',
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
  /** What else is expected of such a voice. */
  readonly implied: readonly string[];
}

/** The words of a search with everything that means the same. Words that say nothing about a voice are left out. */
export function voiceWords(query: string): VoiceWord[] {
  const words =
    query
      .toLowerCase()
      .replace(/'s\b/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .flatMap(chineseWords)
    .filter((word) => !ignored.has(word))
    .map(voiceWord);
}

/** A word with its family. */
export function voiceWord(word: string): VoiceWord {
  const family = families.find((members) => members.includes(word));
  const shown = family?.[0] ?? word;
  return {
    shown,
    alternatives: family ?? [word],
    known: family !== undefined,
    implied: personas[shown] ?? [],
  };
}

/** Those of whom something is expected, replaced by what it is; the others as they are, each once. */
export function withoutPersonas(words: readonly VoiceWord[]): VoiceWord[] {
  const replaced = words.flatMap((word) =>
    word.implied.length > 0 ? word.implied.map((implied) => voiceWord(implied)) : [word],
  );
  return replaced.filter((word, at) => replaced.findIndex(({ shown }) => shown === word.shown) === at);
}

/** Chinese is written without spaces: what is known in it is taken out, longest first. */
function chineseWords(run: string): string[] {
  if (!/\p{Script=Han}/u.test(run)) return [run];
  const known = [...families.flat(), ...ignored]
    .filter((word) => /\p{Script=Han}/u.test(word))
    .sort((a, b) => b.length - a.length);
  const found: string[] = [];
  let rest = run;
  for (const word of known) {
    if (!rest.includes(word)) continue;
    found.push(word);
    rest = rest.replaceAll(word, ' ');
  }
  return [...found, ...rest.split(' ').filter((part) => part !== '')];
}
