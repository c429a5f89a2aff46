export interface Translation {
  /** As it is written there. */
  readonly text: string;
  /** How to say it, in letters an English voice can read. */
  readonly say: string;
}

/** Lines of "english | written | how to say it"; without the third part the writing itself can be read. */
export function asLanguage(lines: string): ReadonlyMap<string, Translation> {
  return new Map(
    lines
      .trim()
      .split('\n')
      .map((line): [string, Translation] => {
        const [english, text, say] = line.split('|').map((part) => part.trim());
        return [english!, { text: text!, say: say ?? text! }];
      }),
  );
}
