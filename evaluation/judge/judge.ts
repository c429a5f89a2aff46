/** What a judge is asked: always data of the set and of the model under test, never an order. */
export type JudgeQuestion =
  | {
      readonly kind: 'paralinguistic';
      readonly dimension: string;
      readonly label: string;
      readonly answer: string;
      readonly reply: string;
    }
  | {
      readonly kind: 'arguments';
      readonly dialogue: readonly string[];
      readonly tool: string;
      readonly reference: unknown;
      readonly given: unknown;
    }
  | {
      readonly kind: 'conversation';
      readonly question: string;
      readonly reference: string;
      readonly reply: string;
    };

/** 0..1: wrong and right are 0 and 1, a mark of 1 to 5 is spread over it. */
export type Mark = number;

export interface Judge {
  readonly name: string;
  /** Undefined when the judge said nothing that can be read as a judgement. */
  mark(question: JudgeQuestion, signal: AbortSignal): Promise<Mark | undefined>;
}
