/** What there is to say about a voice beside what the engine says of it. */
export interface VoiceNote {
  /** Further words that a person may search by. */
  readonly style: string;
  readonly sampleSentence: string;
}

/** The built-in voices by the engine's id. */
export const voiceNotes: Readonly<Record<string, VoiceNote>> = {
  'flite-slt': {
    style: 'clear calm friendly adult default',
    sampleSentence: 'Hello, I am Stella. Hold the key, ask me anything, and I will answer clearly.',
  },
  'flite-rms': {
    style: 'deep low calm steady serious adult',
    sampleSentence: 'Good day, I am Rowan. I take my time, and I keep my voice low.',
  },
  'flite-awb': {
    style: 'scottish british accent lively nasal adult',
    sampleSentence: 'Hello there, I am Angus. You may notice that I come from Scotland.',
  },
  'flite-kal': {
    style: 'robot robotic synthetic classic retro machine computer plain fast',
    sampleSentence: 'I am Kai. I sound like the computers of old films, and I am proud of it.',
  },
  'flite-bright': {
    style: 'bright high light young cheerful lively fast',
    sampleSentence: 'Hi, I am Juniper! Shall we get started right away?',
  },
  'flite-mellow': {
    style: 'low mellow soft gentle relaxed slow adult',
    sampleSentence: 'Hello, I am Willa. There is no hurry; we have all the time we need.',
  },
  'flite-deep': {
    style: 'deep low dark bass slow large serious adult',
    sampleSentence: 'I am Otto. My voice comes from far below.',
  },
  'flite-elder': {
    style: 'old elderly aged grandmother slow trembling',
    sampleSentence: 'Hello, dear. I am Edna, and I have seen a good many computers come and go.',
  },
  'flite-neutral': {
    style: 'neutral androgynous soft even calm',
    sampleSentence: 'Hello, I am Sage. I speak softly, and I keep to the middle.',
  },
};

/** For a voice nobody has written about. */
export function plainSampleSentence(name: string): string {
  return `Hello, I am ${name}. This is how I sound.`;
}
