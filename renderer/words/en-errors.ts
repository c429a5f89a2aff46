import { detail, type AllErrorWords } from './error-words.ts';

export const enErrors: AllErrorWords = {
  'audio-file-missing': {
    happened: (details) => `There is no sound file at ${detail(details, 'path', 'that place')}.`,
    todo: () => 'Check the name and the folder.',
  },
  'audio-file-empty': {
    happened: () => 'The sound file is empty.',
    todo: () => 'Record it again, or choose another file.',
  },
  'audio-file-not-wav': {
    happened: () => 'This is not a WAV file.',
    todo: () => 'Convert it to WAV first; most sound programs can export it.',
  },
  'audio-file-truncated': {
    happened: () => 'The sound file ends too early; part of it is missing.',
    todo: () => 'Copy or record it again.',
  },
  'audio-file-unsupported': {
    happened: () => 'The sound in this file is stored in a way Sotto cannot read.',
    todo: () => 'Save it as WAV with 16-bit samples.',
  },
  'audio-too-long': {
    happened: (details) =>
      `That was longer than Sotto can take at once (${detail(details, 'limitSeconds', '30')} seconds).`,
    todo: () => 'Say it in shorter pieces.',
  },
  'audio-too-short': {
    happened: () => 'That was too short to hear anything in it.',
    todo: () => 'Hold the button while you speak, and let go when you are done.',
  },
  'nothing-heard': {
    happened: () => 'I didn’t hear anything.',
    todo: () =>
      'Watch the line move while you speak. If it stays still, choose another microphone in Settings.',
  },
  'microphone-missing': {
    happened: () => 'No microphone was found.',
    todo: () => 'Plug one in, or choose another in Settings. You can also type.',
  },
  'microphone-denied': {
    happened: () => 'Sotto is not allowed to use the microphone.',
    todo: () =>
      'Allow it in the system’s or the browser’s privacy settings, then try again. You can also type.',
  },
  'microphone-lost': {
    happened: () => 'The microphone went away while you were speaking.',
    todo: () => 'Check its cable or its connection, then press again.',
  },
  'speaker-missing': {
    happened: () => 'The chosen speaker is not there.',
    todo: () => 'Plug it in, or choose another in Settings.',
  },
  'model-missing': {
    happened: (details) =>
      `The model ${detail(details, 'modelId', '')} is not on this machine.`.replace('  ', ' '),
    todo: () => 'Choose another one under Models, or install Sotto again.',
  },
  'model-damaged': {
    happened: (details) => `A file of the model is damaged: ${detail(details, 'file', 'unknown file')}.`,
    todo: () => 'Install the model again; nothing else is affected.',
  },
  'model-incompatible': {
    happened: () => 'This model was made for another version of Sotto.',
    todo: () => 'Update Sotto, or choose another model.',
  },
  'model-not-loaded': {
    happened: () => 'No model is loaded yet.',
    todo: () => 'Wait until it is ready, or load one under Models.',
  },
  'engine-crashed': {
    happened: () => 'The speech engine stopped unexpectedly. What was said is kept.',
    todo: () => 'It starts again by itself. Try once more.',
  },
  'engine-start-failed': {
    happened: () => 'The speech engine could not start.',
    todo: () => 'Close Sotto and open it again. If it stays so, look at Settings, Checks.',
  },
  'engine-busy': {
    happened: () => 'Sotto is still busy with the last request.',
    todo: () => 'Wait a moment, or press Stop.',
  },
  'provider-unavailable': {
    happened: (details) =>
      `${detail(details, 'provider', 'The chosen processor')} cannot be used on this machine.`,
    todo: () => 'Set the processor to automatic under Models.',
  },
  'voice-missing': {
    happened: () => 'The chosen voice is not there any more.',
    todo: () => 'Pick another one under Voices.',
  },
  'disk-full': {
    happened: () => 'The disk is full, so nothing more can be saved.',
    todo: () => 'Free some space. Until then Sotto answers but does not remember.',
  },
  'file-not-writable': {
    happened: (details) => `${detail(details, 'path', 'A file')} cannot be written.`,
    todo: () => 'Check that the folder exists and belongs to you.',
  },
  'database-locked': {
    happened: () => 'Another program is holding Sotto’s history.',
    todo: () => 'Close other copies of Sotto, then try again.',
  },
  'database-damaged': {
    happened: (details) =>
      `The history file was damaged. It was put aside as ${detail(details, 'path', 'a copy')}, and a new one begun.`,
    todo: () => 'Keep the old file if you want to have it repaired.',
  },
  'settings-damaged': {
    happened: (details) =>
      `The settings file could not be read. It was put aside as ${detail(details, 'path', 'a copy')}.`,
    todo: () => 'Look through Settings; everything stands at its first value.',
  },
  'already-running': {
    happened: () => 'Sotto is already open.',
    todo: () => 'Use the window that is there.',
  },
  'tool-off': {
    happened: (details) => `${detail(details, 'tool', 'That tool')} is switched off.`,
    todo: () => 'Turn it on in Settings, Tools, if you want it.',
  },
  'tool-unreachable': {
    happened: (details) => `${detail(details, 'tool', 'The service')} cannot be reached.`,
    todo: () => 'Check the internet connection and the address in Settings, Tools.',
  },
  'tool-bad-arguments': {
    happened: () => 'Something in that request was not clear enough to act on.',
    todo: () => 'Say it again with the missing part, for example the time or the place.',
  },
  'tool-failed': {
    happened: (details) => `${detail(details, 'tool', 'The tool')} did not finish its work.`,
    todo: () => 'Try again in a moment.',
  },
  'consent-refused': {
    happened: () => 'You said no, so nothing was done.',
    todo: () => 'Ask again if you change your mind.',
  },
  'conversation-missing': {
    happened: () => 'That conversation is not there any more.',
    todo: () => 'It may have been deleted. Begin a new one.',
  },
  'turn-missing': {
    happened: () => 'That part of the conversation is not there any more.',
    todo: () => 'It may have been deleted.',
  },
  'bad-request': {
    happened: (details) =>
      `Sotto’s window and its assistant misunderstood each other (${detail(details, 'call', '?')}).`,
    todo: () => 'Reload the window. If it comes back, report it.',
  },
  'connection-lost': {
    happened: () => 'The line to Sotto is down.',
    todo: () => 'It tries again by itself. If it stays down, start Sotto again.',
  },
  internal: {
    happened: () => 'Something went wrong inside Sotto.',
    todo: () => 'Try again. If it comes back, report it with the findings under Settings, Checks.',
  },
};
