import type { enTasks } from './en-tasks.ts';

export const zhCnTasks: typeof enTasks = {
  label: '怎样处理你说的话',
  names: {
    converse: '回答',
    transcribe: '记录文字',
    translate: '翻译',
    describe: '描述声音',
    paralinguistic: '听语气和音色',
    question: '回答关于声音的问题',
  },
  into: '译成',
  languages: {
    English: '英语',
    Chinese: '中文',
    Japanese: '日语',
    French: '法语',
    German: '德语',
    Spanish: '西班牙语',
    Italian: '意大利语',
    Portuguese: '葡萄牙语',
    Korean: '韩语',
    Russian: '俄语',
  },
  slowModel: '模型说话跟不上听的速度时',
  slowModelHint: '模型载入时会测量速度。选择等待可以保留它自己的声音，回答会简短。',
  slowModelChoices: {
    automatic: '由 Sotto 决定',
    buffered: '等待',
    'light-voice': '轻量语音',
  },
};
