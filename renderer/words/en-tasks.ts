import type { TalkTask } from '../../contract/settings.ts';

/** What is done with what is said, and how a model that is slower than one listens speaks. */
export const enTasks = {
  label: 'What to do with what you say',
  names: {
    converse: 'Answer',
    transcribe: 'Write it down',
    translate: 'Translate',
    describe: 'Describe the sound',
    paralinguistic: 'Listen to how it sounds',
    question: 'Answer a question about the sound',
  } satisfies Record<TalkTask, string>,
  into: 'Into',
  languages: {
    English: 'English',
    Chinese: 'Chinese',
    Japanese: 'Japanese',
    French: 'French',
    German: 'German',
    Spanish: 'Spanish',
    Italian: 'Italian',
    Portuguese: 'Portuguese',
    Korean: 'Korean',
    Russian: 'Russian',
  } as Readonly<Record<string, string>>,
  slowModel: 'When a model speaks slower than you listen',
  slowModelHint:
    'Speeds are measured while a model loads. A wait keeps its own voice, and answers are short.',
  slowModelChoices: {
    automatic: 'Sotto decides',
    buffered: 'Wait',
    'light-voice': 'Light voice',
  },
};
