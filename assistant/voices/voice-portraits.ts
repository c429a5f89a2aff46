/** What there is to say about a voice beyond what the engine knows: shown, and searched. */
export interface VoicePortrait {
  readonly name: string;
  readonly gender: 'female' | 'male' | 'neutral';
  readonly language: string;
  readonly description: string;
  /** Further words a person may search by. */
  readonly style: string;
  readonly sampleSentence: string;
}

/** The built-in voices by the engine's id. */
export const voicePortraits: Readonly<Record<string, VoicePortrait>> = {
  'flite-slt': {
    name: 'Clara',
    gender: 'female',
    language: 'en-US',
    description: 'A clear, friendly American woman; bright and easy to follow.',
    style: 'clear bright light friendly warm high young default',
    sampleSentence: 'Hello, I am Clara. Hold the key and ask me anything, and I will answer clearly.',
  },
  'flite-rms': {
    name: 'Marcus',
    gender: 'male',
    language: 'en-US',
    description: 'A calm American man with a deep, even voice.',
    style: 'deep low calm steady serious dark adult',
    sampleSentence: 'Good day, I am Marcus. I take my time, and I keep my voice low.',
  },
  'flite-awb': {
    name: 'Ewan',
    gender: 'male',
    language: 'en-GB',
    description: 'A Scottish man, lively and a little rough.',
    style: 'scottish british accent lively rough adult',
    sampleSentence: 'Hello there, I am Ewan. You may notice that I come from Scotland.',
  },
  'flite-kal16': {
    name: 'Kal',
    gender: 'male',
    language: 'en-US',
    description: 'The classic synthetic voice: plain, quick and robotic.',
    style: 'robot robotic synthetic classic retro machine computer plain fast',
    sampleSentence: 'I am Kal. I sound like the computers of old films, and I am proud of it.',
  },
};

/** For a voice nobody has written about. */
export function plainSampleSentence(name: string): string {
  return `Hello, I am ${name}. This is how I sound.`;
}
