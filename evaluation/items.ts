/** One question to a model: a recording and what is right about it. */
export type Item = TranscribeItem | TranslateItem | ParalinguisticItem | ToolItem | ConverseItem;
export type Task = Item['task'];

interface ItemBase {
  /** Unique in its set, the same each time the set is read. */
  readonly id: string;
  /** A sound file. */
  readonly sound: string;
}

export interface TranscribeItem extends ItemBase {
  readonly task: 'transcribe';
  readonly reference: string;
}

export interface TranslateItem extends ItemBase {
  readonly task: 'translate';
  readonly reference: string;
  /** BCP 47 */
  readonly targetLanguage: string;
}

/** A question about how something sounds; the recording holds the question. */
export interface ParalinguisticItem extends ItemBase {
  readonly task: 'paralinguistic';
  readonly dimension: Dimension;
  /** The truth: a class or a free description. */
  readonly label: string;
  /** A right answer in whole words, where the set has one. */
  readonly answer: string;
}

/** The last turn of a dialogue that may ask for a tool. */
export interface ToolItem extends ItemBase {
  readonly task: 'tool';
  /** The tool that the set is about; undefined where a set is about many. */
  readonly about: string | undefined;
  /** The call of the reference; undefined where nothing is to be called. */
  readonly wanted: ToolCall | undefined;
  /** What was said before, oldest first. */
  readonly history: readonly DialogueTurn[];
  /** What is said in the recording, for a judge. */
  readonly spoken: string;
}

export interface ConverseItem extends ItemBase {
  readonly task: 'converse';
  /** What is said in the recording, for a judge. */
  readonly question: string;
  /** A good answer, where the set has one. */
  readonly reference: string;
}

export interface ToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export interface DialogueTurn {
  readonly from: 'human' | 'assistant' | 'input';
  readonly text: string;
}

/** In the order and under the names of the published tables. */
export const dimensions = [
  'Gender',
  'Age',
  'Timbre',
  'Scenario',
  'Event',
  'Emotion',
  'Pitch',
  'Rhythm',
  'Speed',
  'Style',
  'Vocal',
] as const;
export type Dimension = (typeof dimensions)[number];

/** An item that cannot be asked, and why. */
export interface SkippedItem {
  readonly id: string;
  readonly reason: string;
}

export interface EvaluationSet {
  readonly name: string;
  readonly layout: Layout;
  readonly task: Task;
  /** BCP 47, of what is spoken. */
  readonly language: string;
  /** Row of the published tables that this set is, for example "LibriSpeech clean". */
  readonly published?: string;
  readonly items: readonly Item[];
  readonly skipped: readonly SkippedItem[];
}

export type Layout =
  | 'LibriSpeech'
  | 'Kaldi'
  | 'AISHELL'
  | 'Common Voice'
  | 'FLEURS'
  | 'CoVoST 2'
  | 'StepEval-Audio-Toolcall'
  | 'StepEval-Audio-Paralinguistic'
  | 'manifest'
  | 'starter commands';
