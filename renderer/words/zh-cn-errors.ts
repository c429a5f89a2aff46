import { detail, type AllErrorWords } from './error-words.ts';

export const zhCnErrors: AllErrorWords = {
  'audio-file-missing': {
    happened: (details) => `找不到声音文件：${detail(details, 'path', '该位置没有文件')}。`,
    todo: () => '请检查文件名和文件夹。',
  },
  'audio-file-empty': { happened: () => '声音文件是空的。', todo: () => '请重新录制，或换一个文件。' },
  'audio-file-not-wav': {
    happened: () => '这不是 WAV 文件。',
    todo: () => '请先转换成 WAV，大多数音频软件都能导出。',
  },
  'audio-file-truncated': {
    happened: () => '声音文件不完整，后面缺了一段。',
    todo: () => '请重新复制或录制。',
  },
  'audio-file-unsupported': {
    happened: () => '这个文件的音频格式 Sotto 读不了。',
    todo: () => '请另存为 16 位采样的 WAV。',
  },
  'audio-too-long': {
    happened: (details) => `这段话太长了，一次最多 ${detail(details, 'limitSeconds', '30')} 秒。`,
    todo: () => '请分成几段说。',
  },
  'audio-too-short': {
    happened: () => '时间太短，什么也听不出来。',
    todo: () => '说话时请按住按钮，说完再松开。',
  },
  'nothing-heard': {
    happened: () => '我没有听到声音。',
    todo: () => '说话时看看那条线动不动；如果不动，请在设置里换一个麦克风。',
  },
  'microphone-missing': {
    happened: () => '没有找到麦克风。',
    todo: () => '请接上麦克风，或在设置里另选一个。也可以打字。',
  },
  'microphone-denied': {
    happened: () => 'Sotto 没有使用麦克风的权限。',
    todo: () => '请在系统或浏览器的隐私设置里允许，然后再试。也可以打字。',
  },
  'microphone-lost': {
    happened: () => '您说话时麦克风断开了。',
    todo: () => '请检查连线或连接，再按一次。',
  },
  'speaker-missing': {
    happened: () => '所选的扬声器不在了。',
    todo: () => '请接上它，或在设置里另选一个。',
  },
  'model-missing': {
    happened: (details) => `这台电脑上没有模型 ${detail(details, 'modelId', '')}。`,
    todo: () => '请在“模型”里选另一个，或重新安装 Sotto。',
  },
  'model-damaged': {
    happened: (details) => `模型文件已损坏：${detail(details, 'file', '未知文件')}。`,
    todo: () => '请重新安装这个模型，其他内容不受影响。',
  },
  'model-incompatible': {
    happened: () => '这个模型是为另一个版本的 Sotto 制作的。',
    todo: () => '请更新 Sotto，或选另一个模型。',
  },
  'model-not-loaded': {
    happened: () => '还没有载入模型。',
    todo: () => '请等它准备好，或在“模型”里载入一个。',
  },
  'engine-crashed': {
    happened: () => '语音引擎意外停止了。已经说过的内容都保留着。',
    todo: () => '它会自动重新启动，请再试一次。',
  },
  'engine-start-failed': {
    happened: () => '语音引擎无法启动。',
    todo: () => '请关闭并重新打开 Sotto。如果仍然不行，请看“设置”里的“检查”。',
  },
  'engine-busy': { happened: () => 'Sotto 还在处理上一个请求。', todo: () => '请稍等，或按“停止”。' },
  'provider-unavailable': {
    happened: (details) => `这台电脑用不了${detail(details, 'provider', '所选的处理器')}。`,
    todo: () => '请在“模型”里把处理器设为自动。',
  },
  'voice-missing': { happened: () => '所选的声音已经不在了。', todo: () => '请在“声音”里另选一个。' },
  'disk-full': {
    happened: () => '磁盘满了，无法再保存。',
    todo: () => '请腾出一些空间。在那之前 Sotto 会回答，但不会记录。',
  },
  'file-not-writable': {
    happened: (details) => `无法写入${detail(details, 'path', '文件')}。`,
    todo: () => '请检查文件夹是否存在、是否属于您。',
  },
  'database-locked': {
    happened: () => '另一个程序占用着 Sotto 的历史记录。',
    todo: () => '请关闭其他 Sotto 窗口，然后再试。',
  },
  'database-damaged': {
    happened: (details) => `历史文件已损坏，已另存为${detail(details, 'path', '副本')}，并新建了一个。`,
    todo: () => '如果想修复旧记录，请保留旧文件。',
  },
  'settings-damaged': {
    happened: (details) => `设置文件读不出来，已另存为${detail(details, 'path', '副本')}。`,
    todo: () => '请看一遍设置，现在全部是初始值。',
  },
  'already-running': { happened: () => 'Sotto 已经打开了。', todo: () => '请使用已有的窗口。' },
  'tool-off': {
    happened: (details) => `${detail(details, 'tool', '这个工具')} 已关闭。`,
    todo: () => '需要的话，请在“设置”的“工具”里打开。',
  },
  'tool-unreachable': {
    happened: (details) => `${detail(details, 'tool', '服务')} 连接不上。`,
    todo: () => '请检查网络连接，以及“设置”里“工具”的地址。',
  },
  'tool-bad-arguments': {
    happened: () => '这个请求里有些地方不够明确，没法执行。',
    todo: () => '请补上缺的部分再说一遍，比如时间或地点。',
  },
  'tool-failed': {
    happened: (details) => `${detail(details, 'tool', '这个工具')} 没有完成。`,
    todo: () => '请稍后再试。',
  },
  'consent-refused': { happened: () => '您拒绝了，所以什么也没做。', todo: () => '改变主意时再说一次就行。' },
  'conversation-missing': {
    happened: () => '这段对话已经不在了。',
    todo: () => '可能已被删除。请开始新的对话。',
  },
  'turn-missing': { happened: () => '对话的这一部分已经不在了。', todo: () => '可能已被删除。' },
  'bad-request': {
    happened: (details) => `Sotto 的窗口和助手没有对上话（${detail(details, 'call', '?')}）。`,
    todo: () => '请重新加载窗口。如果再次出现，请反馈给我们。',
  },
  'connection-lost': {
    happened: () => '与 Sotto 的连接断开了。',
    todo: () => '它会自动重试。如果一直连不上，请重新启动 Sotto。',
  },
  internal: {
    happened: () => 'Sotto 内部出了点问题。',
    todo: () => '请再试一次。如果再次出现，请附上“设置”里“检查”的结果反馈给我们。',
  },
};
