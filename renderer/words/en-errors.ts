import type { UserErrorDetails } from '../../contract/user-errors.ts';
import { detail, gigabytes, type AllErrorWords } from './error-words.ts';

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
  'turn-too-long': {
    happened: (details) =>
      `That was more than the model can take in at once: ${detail(details, 'tokens', 'too many')} pieces, and it has room for ${detail(details, 'limit', 'fewer')}.`,
    todo: () => 'Say or type it in shorter parts.',
  },
  'mode-unavailable': {
    happened: () => 'The model in use cannot do that; it only answers questions.',
    todo: () => 'Choose a larger model under Models, or switch back to “Answer”.',
  },
  'speech-slow': {
    happened: (details) =>
      `This model speaks slower than one listens on this computer: ${detail(details, 'stepsPerSecond', 'too few')} steps a second where 31 are needed, and ${detail(details, 'soundSeconds', 'some')} seconds of work for each second of sound.`,
    todo: (details) =>
      details['speech'] === 'light-voice'
        ? 'So its answers are spoken by the light voice. Settings lets you hear its own voice, after a wait.'
        : 'So it waits until an answer can be spoken without a break, and keeps answers short. Settings lets you choose the light voice instead.',
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
  'model-voice-only': {
    happened: (details) =>
      `${detail(details, 'model', 'This package')} holds a voice alone: it makes the replies of another machine audible and cannot answer by itself.`,
    todo: () => 'Choose it under Settings, Who answers, or download the whole model.',
  },
  'conversion-stopped': {
    happened: () => 'The conversion stopped unexpectedly. What is finished is kept.',
    todo: () => 'Convert again: it goes on where it stopped.',
  },
  'conversion-check-failed': {
    happened: (details) =>
      `The converted model does not compute what the checkpoint says (${detail(details, 'subject', 'a part')}), so it was not made usable.`,
    todo: () => 'Check the disk and fetch the checkpoint again, then convert it again.',
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
  'manifest-wrong': {
    happened: (details) => `Line ${detail(details, 'line', '?')} of this list cannot be used.`,
    todo: () => 'It is CSV or TSV with a heading, or JSON lines, and each line names a sound file in “path”.',
  },
  'import-empty': {
    happened: (details) => `There is no WAV file in ${detail(details, 'path', 'that folder')}.`,
    todo: () => 'Check the folder, or convert the recordings to WAV first.',
  },
  'import-outside': {
    happened: (details) =>
      `${detail(details, 'path', 'A file')} does not lie beside its list, so it was left alone.`,
    todo: () => 'Put the recordings into the folder of the list.',
  },
  'voice-pack-damaged': {
    happened: () => 'This is not a sound voice pack: part of it is missing, changed or not allowed.',
    todo: () => 'Fetch it again from where it came.',
  },
  'voice-pack-too-large': {
    happened: () => 'That is too much for one voice pack (4 GB).',
    todo: () => 'Find fewer voices, and export those.',
  },
  'model-built-in': {
    happened: () => 'This model came with Sotto and stays.',
    todo: () => 'Choose another one under Models if you do not want to use it.',
  },
  'model-folder-taken': {
    happened: (details) => `There is already something else at ${detail(details, 'path', 'that place')}.`,
    todo: () => 'Move it away, or choose another model folder.',
  },
  'offer-missing': {
    happened: () => 'That model is not in the catalogue any more.',
    todo: () => 'Add its address again under Models.',
  },
  'address-not-understood': {
    happened: (details) => `“${detail(details, 'address', '')}” is neither a repository nor an address.`,
    todo: () => 'Write owner/name, or an address that begins with https://.',
  },
  'download-unreachable': {
    happened: (details) =>
      `${detail(details, 'host', 'The server')} cannot be reached. What has come so far is kept.`,
    todo: () => 'Check the connection, or choose another mirror or a proxy. Then go on with the download.',
  },
  'download-refused': {
    happened: (details) => `${detail(details, 'host', 'The server')} does not give these files to everybody.`,
    todo: () => 'Accept the model’s terms on its page and enter your access token, or choose another mirror.',
  },
  'download-not-found': {
    happened: (details) =>
      `${detail(details, 'host', 'The server')} has no ${detail(details, 'file', 'such model')}.`,
    todo: () => 'Check the name, or choose another mirror.',
  },
  'download-busy': {
    happened: (details) =>
      `${detail(details, 'host', 'The server')} is overloaded. What has come so far is kept.`,
    todo: () => 'Go on in a few minutes, or choose another mirror.',
  },
  'download-not-a-file': {
    happened: (details) =>
      `${detail(details, 'host', 'The server')} answered with a web page instead of the file.`,
    todo: () => 'Does the network want you to log in? Open a web page first, then go on with the download.',
  },
  'download-bad-answer': {
    happened: (details) =>
      `${detail(details, 'host', 'The server')} sent something else than was asked for (${detail(details, 'reason', 'wrong answer')}). What was right is kept.`,
    todo: () => 'Go on with the download, or choose another mirror.',
  },
  'download-changed': {
    happened: (details) =>
      `${detail(details, 'file', 'A file')} changed on the server while it was being fetched.`,
    todo: () => 'Begin the download again, or choose another mirror.',
  },
  'download-damaged': {
    happened: (details) =>
      `${detail(details, 'file', 'A file')} came with the wrong content and was thrown away.`,
    todo: () => 'Go on with the download to fetch it again, or choose another mirror.',
  },
  'download-elsewhere': {
    happened: () => 'Another copy of Sotto is fetching this model.',
    todo: () => 'Wait for it, or close the other one.',
  },
  'disk-space-short': {
    happened: (details) =>
      `The disk has too little room: ${gigabytes(details, 'neededBytes')} are needed, ${gigabytes(details, 'freeBytes')} are free.`,
    todo: () => 'Free some space, or choose another model folder.',
  },
  'disk-full': {
    happened: () => 'The disk is full, so nothing more can be saved.',
    todo: () => 'Free some space. Until then Sotto answers but does not remember.',
  },
  'file-not-writable': {
    happened: (details) => `${detail(details, 'path', 'A file')} cannot be written.`,
    todo: () => 'Check that the folder exists and belongs to you.',
  },
  'folder-unreadable': {
    happened: (details) => `${detail(details, 'path', 'The folder')} cannot be looked into.`,
    todo: () => 'Choose another folder, or allow Sotto to read this one.',
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
  'tool-server-failed': {
    happened: (details) =>
      `${detail(details, 'server', 'The tool server')} did not work: ${detail(details, 'reason', 'no reason given')}.`,
    todo: () => 'Look at its command or address under Settings, Tools, and test it.',
  },
  'tool-server-unapproved': {
    happened: (details) =>
      `What ${detail(details, 'server', 'this tool server')} would start is not what you allowed.`,
    todo: () => 'Look at its command and environment under Settings, Tools, and allow it again.',
  },
  'tool-phrase': {
    happened: (details) =>
      `“${detail(details, 'phrase', 'This phrase')}” cannot call this tool: ${phraseProblem(details)}.`,
    todo: () => 'Choose other words. What is given to the tool stands in braces, as in “echo {message}”.',
  },
  'tool-server-configuration': {
    happened: (details) =>
      `This configuration cannot be used: ${detail(details, 'reason', 'not understood')}.`,
    todo: () => 'Paste the JSON with “mcpServers” as the other program writes it.',
  },
  'knowledge-folder': {
    happened: (details) => `${detail(details, 'path', 'That')} cannot be taken as a folder to search.`,
    todo: () => 'Name an existing folder by its whole path; no whole disk, and none that is there already.',
  },
  'consent-refused': {
    happened: () => 'You said no, so nothing was done.',
    todo: () => 'Ask again if you change your mind.',
  },
  'remote-address-wrong': {
    happened: (details) =>
      `The address of the other machine cannot be used: ${detail(details, 'address', 'it is missing')}.`,
    todo: () =>
      'Write it like http://gpu-box.lan:8000 in Settings, Where it thinks. Keys do not belong in it.',
  },
  'remote-not-private': {
    happened: (details) =>
      `${detail(details, 'host', 'That machine')} is on the open internet, and the address is not encrypted (http).`,
    todo: () =>
      'Use an address that begins with https, or allow it in Settings if you know who can listen in.',
  },
  'remote-unreachable': {
    happened: (details) =>
      `${detail(details, 'host', 'The other machine')} cannot be reached (${detail(details, 'reason', 'no connection')}).`,
    todo: () =>
      'Check that it is on, that its server runs and that the address is right. Or let this machine answer, in Settings.',
  },
  'remote-not-trusted': {
    happened: (details) =>
      `${detail(details, 'host', 'The other machine')} could not prove who it is (${detail(details, 'reason', 'its certificate')}).`,
    todo: () =>
      'Give it a valid certificate, or make its certificate known to this system. Nothing was sent.',
  },
  'remote-key-refused': {
    happened: (details) => `${detail(details, 'host', 'The other machine')} did not accept the key.`,
    todo: () => 'Enter the key again in Settings, Where it thinks.',
  },
  'remote-model-missing': {
    happened: (details) =>
      `${detail(details, 'host', 'The other machine')} does not serve a model called ${detail(details, 'model', '?')}.`,
    todo: () => 'Test the connection in Settings: it lists the names that are served.',
  },
  'remote-busy': {
    happened: (details) => `${detail(details, 'host', 'The other machine')} has too much to do.`,
    todo: () => 'Wait a moment and say it again.',
  },
  'remote-failed': {
    happened: (details) =>
      `${detail(details, 'host', 'The other machine')} answered with an error (${detail(details, 'status', '?')}): ${detail(details, 'reason', 'no reason given')}.`,
    todo: () => 'Look at the log of its server, then try again.',
  },
  'remote-not-understood': {
    happened: (details) =>
      `${detail(details, 'host', 'The other machine')} answered with something that is no reply (${detail(details, 'reason', 'unknown')}).`,
    todo: () => 'Check that the address is that of a server with OpenAI-compatible chat, such as vLLM.',
  },
  'remote-silent': {
    happened: (details) =>
      `${detail(details, 'host', 'The other machine')} said nothing for ${detail(details, 'seconds', 'many')} seconds.`,
    todo: () => 'It may be overloaded or asleep. Try again, or let this machine answer.',
  },
  'remote-cut-off': {
    happened: (details) =>
      `The connection to ${detail(details, 'host', 'the other machine')} broke in the middle of the answer.`,
    todo: () => 'Check the network and say it again.',
  },
  'remote-moved': {
    happened: (details) =>
      `${detail(details, 'host', 'The other machine')} sends on to ${detail(details, 'to', 'another address')}. Sotto does not follow, so that nothing reaches a machine you did not choose.`,
    todo: () => 'If you trust that address, enter it in Settings.',
  },
  'evaluation-set-wrong': {
    happened: (details) => `${detail(details, 'path', 'That')} cannot be used as an evaluation set.`,
    todo: () => 'Check the folder: the documentation says which layouts are read.',
  },
  'evaluation-sets-missing': {
    happened: (details) => `There is no evaluation set in ${detail(details, 'path', 'that folder')}.`,
    todo: () => 'Check the folder: the documentation says which layouts are read.',
  },
  'evaluation-folder-taken': {
    happened: (details) => `${detail(details, 'path', 'That folder')} holds answers of before.`,
    todo: () => 'Go on with them, or choose another folder.',
  },
  'evaluation-judge-wrong': {
    happened: () => 'The model that is to judge cannot be used.',
    todo: () => 'Check its address, its name and the key.',
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

function phraseProblem(details: UserErrorDetails): string {
  const name = detail(details, 'name', 'that');
  const problems: Readonly<Record<string, string>> = {
    'other-arguments': 'the tool needs more than words and numbers',
    braces: 'a brace has no partner',
    'unknown-place': `the tool takes no “${name}”`,
    twice: `“${name}” stands in it twice`,
    'no-words-between': `there is no word before “${name}” to tell the two places apart`,
    'no-words': 'it has no words of its own',
    'too-long': 'it has more than 20 words',
    'too-many-places': 'it has more than three places',
    'missing-place': `the tool needs “${name}”, and the phrase has no place for it`,
    taken: `the tool “${name}” has it already`,
    known: 'it means something to Sotto already',
  };
  return problems[String(details.reason)] ?? 'it was not understood';
}
