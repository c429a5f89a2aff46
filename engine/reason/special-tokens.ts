/** Tokens of the Step-Audio 2 family that steer it. Ids are always looked up by these strings. */
export const SPECIAL_TOKENS = {
  endOfText: '<|endoftext|>',
  endOfTurn: '<|EOT|>',
  beginOfTurn: '<|BOT|>',
  toolCallStart: '<tool_call>',
  toolCallEnd: '</tool_call>',
  thinkStart: '<think>',
  thinkEnd: '</think>',
  audioStart: '<audio_start>',
  audioEnd: '<audio_end>',
  audioPatch: '<audio_patch>',
  speechStart: '<tts_start>',
  speechEnd: '<tts_end>',
  speechPadding: '<tts_pad>',
  firstSpeechToken: '<audio_0>',
  /** Fills slots when speech tokens have run out; one past the codebook. */
  speechFiller: '<audio_6561>',
} as const;

/** Entries of the speech codebook: three levels in each of eight dimensions. */
export const SPEECH_CODES = 3 ** 8;
