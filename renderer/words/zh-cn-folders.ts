import type { enFolders } from './en-folders.ts';

/** 选择文件夹。 */
export const zhCnFolders: typeof enFolders = {
  choose: '选择文件夹…',
  title: '选择一个文件夹',
  places: '位置',
  home: '主文件夹',
  up: '上一级',
  upTo: (name) => `返回上一级：${name}`,
  list: (name) => `${name} 里的文件夹`,
  count: (count, name) => (count === 0 ? `${name}：没有文件夹` : `${name}：${count} 个文件夹`),
  empty: '这里没有文件夹。',
  cutOff: (count) => `只显示前 ${count} 个，也可以直接输入路径。`,
  hidden: '显示隐藏的文件夹',
  take: '选择这个文件夹',
};
