import { UserError, type UserErrorCode, type UserErrorDetails } from '../contract/user-errors.ts';

/** What happened and what to do, one sentence or two for each code; `{name}` is filled from the details. */
const words: Readonly<Record<UserErrorCode, string>> = {
  'audio-file-missing': 'There is no file at {path}. Check the name.',
  'audio-file-empty': '{path} is empty: it holds no sound. Record it again.',
  'audio-file-not-wav': '{path} is not a WAV file. Convert it to WAV and try again.',
  'audio-file-truncated': '{path} ends too early: part of it is missing. Copy or record it again.',
  'audio-file-unsupported':
    '{path} is a kind of WAV that Sotto cannot read ({reason}). Use PCM of 8 to 32 bits or float.',
  'audio-too-long': 'The recording is too long (at most {limitSeconds} s). Cut it into shorter pieces.',
  'audio-too-short': 'The recording is too short to hold a word. Hold the key while you speak.',
  'nothing-heard': "I didn't hear anything. Check the microphone and its level.",
  'microphone-missing': 'No microphone was found. Plug one in and try again.',
  'microphone-denied': 'Sotto may not use the microphone. Allow it in the system settings.',
  'microphone-lost': 'The microphone was unplugged while you spoke. Plug it in and say it again.',
  'speaker-missing': 'No loudspeaker was found. Plug one in, or write the answer to a file with --out.',
  'model-missing': 'A part of the model is missing ({file}). Install the model again.',
  'model-damaged': 'A part of the model is damaged ({file}). Install the model again.',
  'model-incompatible': 'This model cannot be used with this version of Sotto: {reason}.',
  'model-not-loaded': 'No model is loaded. Load one first.',
  'engine-crashed': 'The engine stopped unexpectedly. It has been started again; say it once more.',
  'engine-start-failed': 'The engine could not be started ({reason}). Run "npm ci" and try again.',
  'engine-busy': 'The engine is still busy with something else. Try again in a moment.',
  'provider-unavailable': 'The chosen processor ({provider}) cannot be used here: {reason}. Choose "auto".',
  'voice-missing': 'There is no voice called {voiceId}. "sotto voices" lists them.',
  'disk-full': 'The disk is full: nothing more could be saved. Free some space.',
  'file-not-writable': 'The file {path} could not be written ({reason}).',
  'database-locked': 'The history is being used by another program. Close it and try again.',
  'database-damaged': 'The history was damaged. It has been kept aside and a new one was begun.',
  'settings-damaged': 'The settings could not be read. They have been kept aside and the defaults are used.',
  'already-running': 'Sotto is already running.',
  'tool-off': 'The tool {tool} is switched off. Switch it on in the settings.',
  'tool-unreachable': 'The tool {tool} could not be reached. Check the connection.',
  'tool-bad-arguments': 'The tool {tool} could not use what it was given.',
  'tool-failed': 'The tool {tool} failed.',
  'consent-refused': 'That was not allowed, so nothing was done.',
  'conversation-missing': 'That conversation does not exist any more.',
  'turn-missing': 'That part of the conversation does not exist any more.',
  'bad-request': 'That request was not understood.',
  'connection-lost': 'The connection to Sotto was lost.',
  internal: 'Something went wrong inside Sotto. Try again; "sotto doctor" tells more.',
};

export function describeFailure(code: UserErrorCode, details: UserErrorDetails = {}): string {
  return words[code].replace(/\{(\w+)\}/g, (_whole, name: string) => String(details[name] ?? '?'));
}

/** The sentence for anything that was thrown; never a stack trace. */
export function describeError(error: unknown): string {
  return error instanceof UserError
    ? describeFailure(error.code, error.details)
    : describeFailure('internal');
}
