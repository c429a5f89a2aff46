/** What the tray and the notifications say. The page has its own words. */
export interface ShellWords {
  readonly open: string;
  readonly stop: string;
  readonly quit: string;
  readonly idle: string;
  readonly listening: string;
  readonly understanding: string;
  readonly working: string;
  readonly speaking: string;
  readonly timer: string;
  readonly alarm: string;
  readonly reminder: string;
  readonly microphoneMissing: string;
  readonly microphoneLost: string;
  readonly failed: string;
  readonly chooseFolder: string;
}

const english: ShellWords = {
  open: 'Open Sotto',
  stop: 'Stop',
  quit: 'Quit Sotto',
  idle: 'Ready',
  listening: 'Listening',
  understanding: 'Thinking',
  working: 'Working',
  speaking: 'Speaking',
  timer: 'Timer',
  alarm: 'Alarm',
  reminder: 'Reminder',
  microphoneMissing: 'No microphone was found. Plug one in and try again.',
  microphoneLost: 'The microphone was lost while you spoke. Say it again.',
  failed: 'That did not work. Open Sotto to see why.',
  chooseFolder: 'Choose a folder',
};

const chinese: ShellWords = {
  open: '打开 Sotto',
  stop: '停止',
  quit: '退出 Sotto',
  idle: '就绪',
  listening: '正在聆听',
  understanding: '正在思考',
  working: '正在处理',
  speaking: '正在回答',
  timer: '计时器',
  alarm: '闹钟',
  reminder: '提醒',
  microphoneMissing: '未找到麦克风。请接上麦克风后重试。',
  microphoneLost: '说话时麦克风断开了，请再说一遍。',
  failed: '没有成功。打开 Sotto 查看原因。',
  chooseFolder: '选择一个文件夹',
};

/** @param systemLocale BCP 47, used when the setting is "system". */
export function shellWords(language: 'system' | 'en' | 'zh-CN', systemLocale: string): ShellWords {
  const wanted = language === 'system' ? systemLocale : language;
  return wanted.toLowerCase().startsWith('zh') ? chinese : english;
}
