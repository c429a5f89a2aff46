import type { Settings } from '../../contract/settings.ts';
import { en, type Words } from './en.ts';
import { zhCn } from './zh-cn.ts';

/** The words for a setting; `system` follows the first system language that Sotto speaks. */
export function chooseWords(setting: Settings['language'], systemLanguages: readonly string[]): Words {
  if (setting === 'en') return en;
  if (setting === 'zh-CN') return zhCn;
  const spoken = systemLanguages.find((language) => /^(en|zh)\b/i.test(language));
  return spoken?.toLowerCase().startsWith('zh') ? zhCn : en;
}
