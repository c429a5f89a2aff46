/**
 * Every failure a person can act on has a code here. The words are written once, in the renderer
 * (`renderer/words`) and, for the command line, in `headless/error-words.ts`.
 */
export const userErrorCodes = [
  'audio-file-missing',
  'audio-file-empty',
  'audio-file-not-wav',
  'audio-file-truncated',
  'audio-file-unsupported',
  'audio-too-long',
  'audio-too-short',
  'turn-too-long',
  'mode-unavailable',
  'speech-slow',
  'nothing-heard',
  'microphone-missing',
  'microphone-denied',
  'microphone-lost',
  'speaker-missing',
  'model-missing',
  'model-damaged',
  'model-incompatible',
  'model-not-loaded',
  'model-voice-only',
  'conversion-stopped',
  'conversion-check-failed',
  'engine-crashed',
  'engine-start-failed',
  'engine-busy',
  'provider-unavailable',
  'voice-missing',
  'manifest-wrong',
  'import-empty',
  'import-outside',
  'voice-pack-damaged',
  'voice-pack-too-large',
  'model-built-in',
  'model-folder-taken',
  'offer-missing',
  'address-not-understood',
  'download-unreachable',
  'download-refused',
  'download-not-found',
  'download-busy',
  'download-not-a-file',
  'download-bad-answer',
  'download-changed',
  'download-damaged',
  'download-elsewhere',
  'disk-space-short',
  'disk-full',
  'file-not-writable',
  'folder-unreadable',
  'database-locked',
  'database-damaged',
  'settings-damaged',
  'already-running',
  'tool-off',
  'tool-unreachable',
  'tool-bad-arguments',
  'tool-failed',
  'tool-server-failed',
  'tool-server-unapproved',
  'tool-server-configuration',
  'tool-phrase',
  'knowledge-folder',
  'consent-refused',
  'remote-address-wrong',
  'remote-not-private',
  'remote-unreachable',
  'remote-not-trusted',
  'remote-key-refused',
  'remote-model-missing',
  'remote-busy',
  'remote-failed',
  'remote-not-understood',
  'remote-silent',
  'remote-cut-off',
  'remote-moved',
  'evaluation-set-wrong',
  'evaluation-sets-missing',
  'evaluation-folder-taken',
  'evaluation-judge-wrong',
  'conversation-missing',
  'turn-missing',
  'bad-request',
  'connection-lost',
  'internal',
] as const;

export type UserErrorCode = (typeof userErrorCodes)[number];

/** Facts for the words: a path, a limit, a tool's name. Never a stack trace. */
export type UserErrorDetails = Readonly<Record<string, string | number | boolean>>;

/** A failure that a person can act on. Anything else that is thrown is a programmer's error. */
export class UserError extends Error {
  readonly code: UserErrorCode;
  readonly details: UserErrorDetails;

  constructor(code: UserErrorCode, details: UserErrorDetails = {}, options?: ErrorOptions) {
    super(code, options);
    this.name = 'UserError';
    this.code = code;
    this.details = details;
  }
}
