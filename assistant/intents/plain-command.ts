import type { ToolCall } from '../turns/tool-runner.ts';

/** What no intent of the small model stands for, by its words: a search in the person's own files, and its end. */
const commands: readonly { readonly pattern: RegExp; readonly call: (subject: string) => ToolCall }[] = [
  {
    pattern:
      /^(?:what (?:do|does) (?:my|our) (?:notes|files|documents|papers) say (?:about|on)|(?:search|look (?:through|in)) (?:my|our) (?:notes|files|documents|papers) for|find) (.{2,200}?)(?: in (?:my|our) (?:notes|files|documents|papers))?$/i,
    call: (query) => ({ tool: 'search_knowledge', arguments: { query } }),
  },
  {
    pattern:
      /^(?:在我的?(?:笔记|文件|文档)里?(?:找|搜索?|查)|我的(?:笔记|文件|文档)里?(?:关于|对))(.{1,200}?)(?:(?:是)?怎么说的?|说了什么)?$/,
    call: (query) => ({ tool: 'search_knowledge', arguments: { query } }),
  },
  {
    pattern: /^((?:please )?(?:stop|cancel) (?:that |the )?(?:search|searching|tool|looking))$/i,
    call: () => ({ tool: 'stop_tools', arguments: {} }),
  },
];
/** "find" alone needs to say where. */
const NAMES_FILES =
  /\b(?:my|our) (?:notes|files|documents|papers)\b|我的?(?:笔记|文件|文档)|\b(?:stop|cancel)\b/i;

/** The call that a sentence asks for in so many words; undefined for every other sentence. */
export function plainCommand(sentence: string): ToolCall | undefined {
  const words = sentence.trim().replace(/[.?!。？！]+$/, '');
  if (!NAMES_FILES.test(words)) return undefined;
  for (const { pattern, call } of commands) {
    const subject = pattern.exec(words)?.[1]?.trim();
    if (subject) return call(subject);
  }
  return undefined;
}
