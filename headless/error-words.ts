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
  'turn-too-long':
    'That is more than the model can take in at once ({tokens} pieces, room for {limit}). Say or type it in shorter parts.',
  'mode-unavailable': 'The model in use cannot do that; it only answers questions. Choose a larger model.',
  'speech-slow':
    'The model speaks slower than one listens here: {stepsPerSecond} steps a second of the 31 needed, {soundSeconds} s of work for a second of sound. Its answers come late, or in the light voice (setting speech.slowModel).',
  'nothing-heard': "I didn't hear anything. Check the microphone and its level.",
  'microphone-missing': 'No microphone was found. Plug one in and try again.',
  'microphone-denied': 'Sotto may not use the microphone. Allow it in the system settings.',
  'microphone-lost': 'The microphone was unplugged while you spoke. Plug it in and say it again.',
  'speaker-missing': 'No loudspeaker was found. Plug one in, or write the answer to a file with --out.',
  'model-missing': 'A part of the model is missing ({file}). Install the model again.',
  'model-damaged': 'A part of the model is damaged ({file}). Install the model again.',
  'model-incompatible': 'This model cannot be used with this version of Sotto: {reason}.',
  'model-voice-only':
    '{model} holds a voice alone: it makes the replies of another machine audible and cannot answer by itself.',
  'model-not-loaded': 'No model is loaded. Load one first.',
  'conversion-stopped':
    'The conversion stopped unexpectedly ({reason}). What is finished is kept; run the same command to go on.',
  'conversion-check-failed':
    'The converted model does not compute what the checkpoint says ({subject}: {reason}), so it was not made usable. Check the disk and the checkpoint, then convert again.',
  'engine-crashed': 'The engine stopped unexpectedly. It has been started again; say it once more.',
  'engine-start-failed': 'The engine could not be started ({reason}). Run "npm ci" and try again.',
  'engine-busy': 'The engine is still busy with something else. Try again in a moment.',
  'provider-unavailable': 'The chosen processor ({provider}) cannot be used here: {reason}. Choose "auto".',
  'voice-missing': 'There is no voice called {voiceId}. "sotto voices" lists them.',
  'manifest-wrong':
    'Line {line} of {path} cannot be used ({reason}). A manifest is CSV or TSV with a heading, or JSON lines, and names a path in each line.',
  'import-empty': 'There is no WAV file in {path}.',
  'import-outside': '{path} does not lie beside its manifest, so it was left alone.',
  'voice-pack-damaged': '{path} is not a sound voice pack ({reason}). Fetch it again from where it came.',
  'voice-pack-too-large':
    'That is too much for one voice pack (4 GB or {limit} voices). Export fewer at a time.',
  'model-built-in': 'The model {model} came with Sotto and stays.',
  'model-folder-taken': 'There is already something else at {path}. Move it away first.',
  'offer-missing':
    'There is no model called {offer} in the catalogue. "sotto models list" shows what there is.',
  'address-not-understood': '"{address}" is neither owner/name nor an http address.',
  'download-unreachable':
    '{host} cannot be reached ({reason}). What has come is kept; run the same command to go on.',
  'download-refused':
    '{host} does not give these files to everybody (status {status}). Accept the terms on its page and set an access token.',
  'download-not-found': '{host} has no {file}. Check the name, or choose another mirror.',
  'download-busy': '{host} is overloaded. What has come is kept; run the same command later.',
  'download-not-a-file':
    '{host} answered with a web page instead of the file. Does the network want a login?',
  'download-bad-answer':
    '{host} sent something else than was asked for ({reason}). What was right is kept; run the same command to go on.',
  'download-changed': '{file} changed on the server while it was being fetched. Begin again.',
  'download-damaged':
    '{file} came with the wrong content and was thrown away. Run the same command to fetch it again.',
  'download-elsewhere': 'Another copy of Sotto is fetching this model into {folder}.',
  'disk-space-short':
    'The disk of {path} has too little room: {neededBytes} bytes are needed, {freeBytes} are free.',
  'disk-full': 'The disk is full: nothing more could be saved. Free some space.',
  'folder-unreadable': 'The folder {path} cannot be looked into.',
  'file-not-writable': 'The file {path} could not be written ({reason}).',
  'database-locked': 'The history is being used by another program. Close it and try again.',
  'database-damaged': 'The history was damaged. It has been kept aside and a new one was begun.',
  'settings-damaged': 'The settings could not be read. They have been kept aside and the defaults are used.',
  'already-running': 'Sotto is already running.',
  'tool-off': 'The tool {tool} is switched off. Switch it on in the settings.',
  'tool-unreachable': 'The tool {tool} could not be reached. Check the connection.',
  'tool-bad-arguments': 'The tool {tool} could not use what it was given.',
  'tool-failed': 'The tool {tool} failed.',
  'tool-server-failed': 'The tool server {server} did not work: {reason}.',
  'tool-server-unapproved':
    'What {server} would start is not what you allowed. Allow it again in the settings.',
  'tool-server-configuration': 'This configuration cannot be used: {reason}.',
  'tool-phrase': 'The phrase "{phrase}" cannot call this tool: {reason} {name}.',
  'knowledge-folder': '{path} cannot be searched ({reason}). Name an existing folder, not a whole disk.',
  'consent-refused': 'That was not allowed, so nothing was done.',
  'remote-address-wrong':
    'The address of the other machine is missing or cannot be used ({address}). Write it like http://gpu-box.lan:8000.',
  'remote-not-private':
    '{host} is on the open internet and the address is not encrypted. Use https, or set remote.allowPlainHttp to true.',
  'remote-unreachable': '{host} cannot be reached ({reason}). Check that its server runs.',
  'remote-not-trusted': '{host} could not prove who it is ({reason}). Nothing was sent.',
  'remote-key-refused': '{host} did not accept the key. Set it with "sotto settings remote.key -".',
  'remote-model-missing':
    '{host} does not serve a model called {model}. "sotto remote" lists what it serves.',
  'remote-busy': '{host} has too much to do. Try again in a moment.',
  'remote-failed': '{host} answered with an error ({status}): {reason}. Look at the log of its server.',
  'remote-not-understood':
    '{host} answered with something that is no reply ({reason}). Check the address of the server.',
  'remote-silent': '{host} said nothing for {seconds} s. It may be overloaded; try again.',
  'remote-cut-off': 'The connection to {host} broke in the middle of the answer. Try again.',
  'remote-moved':
    '{host} sends on to {to}, which Sotto does not follow. If you trust it, set remote.url to it.',
  'evaluation-set-wrong': '{path} cannot be used as an evaluation set ({reason}).',
  'evaluation-sets-missing':
    'There is no evaluation set in {path}. docs/evaluation.md says which layouts are read.',
  'evaluation-folder-taken':
    '{path} holds answers of before. Add --resume to go on with them, or name another folder with --out.',
  'evaluation-judge-wrong': 'The judge cannot be used: {reason}.',
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
