import type { UserErrorDetails } from '../../contract/user-errors.ts';
import { detail, gigabytes, type AllErrorWords } from './error-words.ts';

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
  'turn-too-long': {
    happened: (details) =>
      `这次的内容超出了模型一次能接受的长度：共 ${detail(details, 'tokens', '太多')} 个单位，只能容纳 ${detail(details, 'limit', '较少')} 个。`,
    todo: () => '请分成几段来说或输入。',
  },
  'mode-unavailable': {
    happened: () => '当前模型做不到这件事，它只会回答问题。',
    todo: () => '请在“模型”里选择更大的模型，或者切换回“回答”。',
  },
  'speech-slow': {
    happened: (details) =>
      `这个模型在这台电脑上说话跟不上听的速度：每秒 ${detail(details, 'stepsPerSecond', '太少')} 步，而需要 31 步；每秒声音要计算 ${detail(details, 'soundSeconds', '若干')} 秒。`,
    todo: (details) =>
      details['speech'] === 'light-voice'
        ? '所以由轻量语音来念它的回答。想听它自己的声音，可以在设置里选择，但需要等待。'
        : '所以它会等到能连续说完再开口，并且回答简短。也可以在设置里改用轻量语音。',
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
  'model-voice-only': {
    happened: (details) =>
      `${detail(details, 'model', '这个模型包')} 只有声音：它让另一台电脑的回答在这里发声，不能自己回答。`,
    todo: () => '请在设置的“由谁回答”里选用它，或下载完整的模型。',
  },
  'conversion-stopped': {
    happened: () => '转换意外中断，已完成的部分会保留。',
    todo: () => '请再次转换，会从中断处继续。',
  },
  'conversion-check-failed': {
    happened: (details) =>
      `转换后的模型与原始权重的计算结果不一致（${detail(details, 'subject', '某个部分')}），因此没有启用。`,
    todo: () => '请检查磁盘并重新获取原始模型，然后再转换。',
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
  'manifest-wrong': {
    happened: (details) => `这份清单的第 ${detail(details, 'line', '?')} 行无法使用。`,
    todo: () => '清单应是带表头的 CSV 或 TSV，或每行一个 JSON，每行用 “path” 指明一个声音文件。',
  },
  'import-empty': {
    happened: (details) => `${detail(details, 'path', '那个文件夹')} 里没有 WAV 文件。`,
    todo: () => '请检查文件夹，或先把录音转换成 WAV。',
  },
  'import-outside': {
    happened: (details) => `${detail(details, 'path', '有一个文件')} 不在清单旁边，所以没有读取。`,
    todo: () => '请把录音放到清单所在的文件夹里。',
  },
  'voice-pack-damaged': {
    happened: () => '这不是完好的声音包：有内容缺失、被改动或不被允许。',
    todo: () => '请从原来的地方重新获取。',
  },
  'voice-pack-too-large': {
    happened: () => '一个声音包装不下这么多（4 GB）。',
    todo: () => '请先缩小范围，再导出。',
  },
  'model-built-in': {
    happened: () => '这个模型随 Sotto 一起安装，不能删除。',
    todo: () => '不想用它，可以在“模型”里选另一个。',
  },
  'model-folder-taken': {
    happened: (details) => `${detail(details, 'path', '那个位置')}已经有别的东西。`,
    todo: () => '请把它移开，或换一个模型文件夹。',
  },
  'offer-missing': {
    happened: () => '目录里已经没有这个模型。',
    todo: () => '请在“模型”里重新添加它的地址。',
  },
  'address-not-understood': {
    happened: (details) => `“${detail(details, 'address', '')}”不是仓库名，也不是网址。`,
    todo: () => '请写“所有者/名称”，或以 https:// 开头的网址。',
  },
  'download-unreachable': {
    happened: (details) => `无法连接${detail(details, 'host', '服务器')}。已下载的部分会保留。`,
    todo: () => '请检查网络，或换一个镜像、设置代理，然后继续下载。',
  },
  'download-refused': {
    happened: (details) => `${detail(details, 'host', '服务器')}不向所有人提供这些文件。`,
    todo: () => '请先在模型页面同意条款并填写访问令牌，或换一个镜像。',
  },
  'download-not-found': {
    happened: (details) =>
      `${detail(details, 'host', '服务器')}上没有${detail(details, 'file', '这个模型')}。`,
    todo: () => '请检查名称，或换一个镜像。',
  },
  'download-busy': {
    happened: (details) => `${detail(details, 'host', '服务器')}太忙。已下载的部分会保留。`,
    todo: () => '请过几分钟再继续，或换一个镜像。',
  },
  'download-not-a-file': {
    happened: (details) => `${detail(details, 'host', '服务器')}返回的是网页，不是文件。`,
    todo: () => '网络是否需要登录？请先打开一个网页登录，然后继续下载。',
  },
  'download-bad-answer': {
    happened: (details) =>
      `${detail(details, 'host', '服务器')}发来的内容与请求不符（${detail(details, 'reason', '回答有误')}）。正确的部分会保留。`,
    todo: () => '请继续下载，或换一个镜像。',
  },
  'download-changed': {
    happened: (details) => `下载期间，服务器上的${detail(details, 'file', '一个文件')}变了。`,
    todo: () => '请重新开始下载，或换一个镜像。',
  },
  'download-damaged': {
    happened: (details) => `${detail(details, 'file', '一个文件')}的内容有误，已丢弃。`,
    todo: () => '请继续下载以重新获取，或换一个镜像。',
  },
  'download-elsewhere': {
    happened: () => '另一个 Sotto 正在下载这个模型。',
    todo: () => '请等它完成，或关闭另一个。',
  },
  'disk-space-short': {
    happened: (details) =>
      `磁盘空间不足：需要 ${gigabytes(details, 'neededBytes')}，只剩 ${gigabytes(details, 'freeBytes')}。`,
    todo: () => '请腾出空间，或换一个模型文件夹。',
  },
  'disk-full': {
    happened: () => '磁盘满了，无法再保存。',
    todo: () => '请腾出一些空间。在那之前 Sotto 会回答，但不会记录。',
  },
  'file-not-writable': {
    happened: (details) => `无法写入${detail(details, 'path', '文件')}。`,
    todo: () => '请检查文件夹是否存在、是否属于您。',
  },
  'folder-unreadable': {
    happened: (details) => `无法查看${detail(details, 'path', '这个文件夹')}。`,
    todo: () => '请另选一个文件夹，或允许 Sotto 读取它。',
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
  'tool-server-failed': {
    happened: (details) =>
      `${detail(details, 'server', '工具服务器')} 没有成功：${detail(details, 'reason', '没有说明原因')}。`,
    todo: () => '请在“设置”的“工具”中检查它的命令或地址，并测试一下。',
  },
  'tool-server-unapproved': {
    happened: (details) => `${detail(details, 'server', '这个工具服务器')} 要启动的内容与您允许的不同。`,
    todo: () => '请在“设置”的“工具”中查看它的命令和环境变量，再次允许。',
  },
  'tool-phrase': {
    happened: (details) =>
      `“${detail(details, 'phrase', '这句话')}”不能用来调用这个工具：${phraseProblem(details)}。`,
    todo: () => '请换一种说法。交给工具的内容放在花括号里，例如“echo {message}”。',
  },
  'tool-server-configuration': {
    happened: (details) => `无法使用这个配置：${detail(details, 'reason', '无法理解')}。`,
    todo: () => '请粘贴其他程序写出的、含有“mcpServers”的 JSON。',
  },
  'knowledge-folder': {
    happened: (details) => `${detail(details, 'path', '它')} 不能作为要搜索的文件夹。`,
    todo: () => '请填写一个现有文件夹的完整路径；不能是整个磁盘，也不能是已经添加过的。',
  },
  'consent-refused': { happened: () => '您拒绝了，所以什么也没做。', todo: () => '改变主意时再说一次就行。' },
  'remote-address-wrong': {
    happened: (details) => `另一台机器的地址不能用：${detail(details, 'address', '没有填写')}。`,
    todo: () => '请在设置的“在哪里思考”里这样填写：http://gpu-box.lan:8000。密钥不要写在地址里。',
  },
  'remote-not-private': {
    happened: (details) => `${detail(details, 'host', '那台机器')}在公网上，而地址没有加密（http）。`,
    todo: () => '请改用 https 开头的地址；如果清楚谁能窃听，也可以在设置里允许。',
  },
  'remote-unreachable': {
    happened: (details) =>
      `连不上${detail(details, 'host', '另一台机器')}（${detail(details, 'reason', '没有连接')}）。`,
    todo: () => '请检查那台机器是否开着、服务是否在运行、地址是否正确；也可以在设置里改由本机回答。',
  },
  'remote-not-trusted': {
    happened: (details) =>
      `${detail(details, 'host', '另一台机器')}无法证明自己的身份（${detail(details, 'reason', '证书')}）。`,
    todo: () => '请为它换上有效的证书，或让本系统信任它的证书。什么都没有发送。',
  },
  'remote-key-refused': {
    happened: (details) => `${detail(details, 'host', '另一台机器')}不接受这个密钥。`,
    todo: () => '请在设置的“在哪里思考”里重新输入密钥。',
  },
  'remote-model-missing': {
    happened: (details) =>
      `${detail(details, 'host', '另一台机器')}上没有名为 ${detail(details, 'model', '？')} 的模型。`,
    todo: () => '请在设置里测试连接，会列出可用的名字。',
  },
  'remote-busy': {
    happened: (details) => `${detail(details, 'host', '另一台机器')}太忙了。`,
    todo: () => '请稍等片刻再说一遍。',
  },
  'remote-failed': {
    happened: (details) =>
      `${detail(details, 'host', '另一台机器')}出错了（${detail(details, 'status', '？')}）：${detail(details, 'reason', '没有说明原因')}。`,
    todo: () => '请查看那台机器上服务的日志，然后再试。',
  },
  'remote-not-understood': {
    happened: (details) =>
      `${detail(details, 'host', '另一台机器')}返回的内容不是回答（${detail(details, 'reason', '未知')}）。`,
    todo: () => '请检查地址是否指向兼容 OpenAI 聊天接口的服务，例如 vLLM。',
  },
  'remote-silent': {
    happened: (details) =>
      `${detail(details, 'host', '另一台机器')} ${detail(details, 'seconds', '多')} 秒没有回应。`,
    todo: () => '它可能太忙或在休眠。请再试一次，或改由本机回答。',
  },
  'remote-cut-off': {
    happened: (details) => `回答到一半，与${detail(details, 'host', '另一台机器')}的连接断了。`,
    todo: () => '请检查网络，然后再说一遍。',
  },
  'remote-moved': {
    happened: (details) =>
      `${detail(details, 'host', '另一台机器')}要转到${detail(details, 'to', '另一个地址')}。Sotto 不会跟过去，以免内容到达你没有选择的机器。`,
    todo: () => '如果信任那个地址，请在设置里填写它。',
  },
  'evaluation-set-wrong': {
    happened: (details) => `${detail(details, 'path', '那个文件')} 不能用作评测集。`,
    todo: () => '请检查文件夹：文档里写明了可读的目录结构。',
  },
  'evaluation-sets-missing': {
    happened: (details) => `${detail(details, 'path', '那个文件夹')} 里没有评测集。`,
    todo: () => '请检查文件夹：文档里写明了可读的目录结构。',
  },
  'evaluation-folder-taken': {
    happened: (details) => `${detail(details, 'path', '那个文件夹')} 里已有以前的回答。`,
    todo: () => '请接着做，或另选一个文件夹。',
  },
  'evaluation-judge-wrong': {
    happened: () => '担任评判的模型无法使用。',
    todo: () => '请检查它的地址、名称和密钥。',
  },
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

function phraseProblem(details: UserErrorDetails): string {
  const name = detail(details, 'name', '该参数');
  const problems: Readonly<Record<string, string>> = {
    'other-arguments': '这个工具需要文字和数字以外的内容',
    braces: '花括号不成对',
    'unknown-place': `这个工具没有“${name}”`,
    twice: `“${name}”出现了两次`,
    'no-words-between': `“${name}”之前没有词，无法与前一处分开`,
    'no-words': '其中没有固定的词',
    'too-long': '超过了 20 个词',
    'too-many-places': '可变的内容超过了三处',
    'missing-place': `这个工具需要“${name}”，而这句话里没有`,
    taken: `工具“${name}”已经在用这句话`,
    known: '这句话对 Sotto 已有含义',
  };
  return problems[String(details.reason)] ?? '无法理解';
}
