/** What the interface says about fetching, converting and keeping models. */
export const enModelLibrary = {
  use: 'Use',
  useNamed: (name: string) => `Use ${name}`,
  inUse: 'In use',
  remove: 'Remove',
  removeNamed: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeText: (size: string) => `Its files, ${size}, are deleted from the disk.`,

  offers: 'To download',
  offersIntro:
    'Bigger models talk freely and know more. They are fetched once; after that, nothing leaves this machine.',
  official: 'From its makers',
  added: 'Added by you',
  descriptions: {
    'step-audio-2-mini':
      'Eight billion parameters: hears how things are said, talks freely and answers in its own voice.',
    'step-audio-2-mini-voice':
      'Makes the answers of a Step-Audio 2 on another machine audible here. It cannot answer by itself.',
    'step-audio-2-mini-think':
      'The same, but it thinks before it speaks: slower, and better at hard questions.',
    'step-audio-2-mini-base': 'Not yet taught to converse: it continues text and speech. To build upon.',
  } as Record<string, string>,
  voiceOnly: 'Voice only',
  voiceReady: 'Ready for the answers of another machine',
  voiceText:
    'Makes the answers of a Step-Audio 2 on another machine audible here. It cannot answer by itself.',
  voiceWanted: 'Only its voice',
  voiceWantedHint: 'For the answers of another machine: much smaller, and it cannot answer by itself.',
  voiceWantsMemory: (memory: string, converted: string) =>
    `About ${memory} of memory and, once converted, ${converted} on the disk. Of use only together with a model on another machine. Computed from its sizes, not measured.`,
  facts: {
    licence: 'Licence',
    origin: 'Comes from',
    sums: 'Checked by',
  },
  unknownSize: 'the server will tell its size',
  sums: {
    ours: 'SHA-256 known to Sotto',
    'ours-and-server': 'SHA-256: the weights’ known to Sotto, the rest told by the server',
    server: 'SHA-256 told by the server',
  },
  about: 'About this model',
  wantsMemory: (memory: string, converted: string) =>
    `About ${memory} of memory and, once converted, ${converted} on the disk. Speaks without pauses on a graphics card or an Apple chip; on a plain processor it answers slowly. Computed from its sizes, not measured.`,

  download: 'Download',
  downloadNamed: (name: string) => `Download ${name}`,
  pause: 'Pause',
  resume: 'Go on',
  tryAgain: 'Try again',
  cancel: 'Cancel',
  forget: 'Take off the list',
  deleteFiles: 'Delete the files',
  discardTitle: (name: string) => `Delete what has come of ${name}?`,
  discardText: (size: string) => `${size} are deleted and would have to be fetched again.`,
  states: {
    absent: 'Not on this machine',
    listing: 'Asking which files there are…',
    running: 'Downloading',
    checking: 'Checking the last files…',
    paused: 'Paused',
    failed: 'Stopped',
    complete: 'Downloaded',
  },
  received: (done: string, total: string) => `${done} of ${total}`,
  speed: (perSecond: string) => `${perSecond}/s`,
  left: (time: string) => `${time} left`,
  from: (host: string) => `from ${host}`,
  progressOf: (name: string) => `Download of ${name}`,

  convertTitle: 'One step left: convert it',
  convertImpossible: 'This cannot be converted.',
  convertText: 'Sotto makes a form of it that this machine can run. The downloaded files are only read.',
  convert: 'Convert',
  precision: 'How exact',
  precisions: { auto: 'Automatic', int4: '4 bits', float16: '16 bits', float32: '32 bits' },
  precisionNotes: {
    int4: 'smallest and fastest; answers differ a little',
    float16: 'half precision, for graphics cards',
    float32: 'exact, and very large',
  },
  needsMemory: (needed: string, total: string) => `needs ${needed} of the ${total} of memory here`,
  reasons: {
    'asked-for': (precision: string) => `${precision}, as you chose.`,
    'small-model': (precision: string) => `${precision}: it is so small that shrinking it gains nothing.`,
    'graphics-memory-suffices': (precision: string) =>
      `${precision}: your graphics card takes it, and there is room.`,
    'graphics-memory-short': (precision: string) =>
      `${precision}: your graphics card could take more, but there is no room for it.`,
    'processor-reads-every-weight': (precision: string) =>
      `${precision}: the processor reads the whole model for every word, so a smaller one is faster.`,
    'nothing-fits': (precision: string) =>
      `${precision}: even this is more than the memory here; it will be very slow, if it runs at all.`,
  },
  converting: (name: string) => `Conversion of ${name}`,
  conversionStates: {
    running: 'Converting',
    paused: 'Conversion paused',
    failed: 'Conversion stopped',
    complete: 'Ready to use',
  },
  stages: {
    resume: 'Looking at what is done already',
    weights: 'Converting the weights',
    copy: 'Copying files',
    check: 'Comparing the result with the original',
    finish: 'Finishing',
  },
  keepFiles: 'The downloaded files are not needed any more, unless you want another precision.',

  add: 'Bring your own',
  addRepository: 'Repository or address',
  addRepositoryHint: 'owner/name on Hugging Face or ModelScope, or the address of a folder.',
  addRepositoryButton: 'Add',
  addFolder: 'Folder with a checkpoint',
  addFolderHint:
    'The whole path of a folder with config.json, safetensors and token2wav; for a voice alone, token2wav is enough.',
  addFolderButton: 'Convert…',

  settings: 'Where from, where to',
  folder: 'Model folder',
  folderHint: (path: string, free: string) => `${path} · ${free} free`,
  folderPlaceholder: 'in the data folder',
  mirror: 'Fetch from',
  mirrors: {
    auto: 'Automatic (the next one when one fails)',
    'hugging-face': 'Hugging Face',
    modelscope: 'ModelScope',
    own: 'My own address',
  },
  ownUrl: 'My own address',
  ownUrlHint: 'A server that lays out repositories like Hugging Face, or as plain folders.',
  token: 'Access token',
  tokenHint:
    'Only for models that ask for one. Sent to Hugging Face, or to your own address if you chose it.',
  proxy: 'Proxy',
  proxyHint: 'Empty: what the system says. “none”: no proxy.',
  notAnAddress: 'This is not an address. It begins with http:// or https://.',
  notAPath: 'This is not a whole path.',
};
