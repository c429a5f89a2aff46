import { existsSync, readFileSync } from 'node:fs';

const DOMAIN = 'models/starter/domain';

export interface DomainSentence {
  readonly intent: string;
  readonly text: string;
  readonly slots: Readonly<Record<string, string>>;
}

export function domainIntents(): readonly string[] {
  const intents = JSON.parse(readFileSync(`${DOMAIN}/intents.json`, 'utf8')) as { name: string }[];
  return intents.map((intent) => intent.name);
}

/** Sentences of an intent, each pattern filled `perPattern` times by chance. */
export function sampleSentences(intent: string, perPattern: number, random: () => number): DomainSentence[] {
  const file = `${DOMAIN}/patterns/${intent}.txt`;
  if (!existsSync(file)) return [];
  return patternLines(file).flatMap((pattern) =>
    Array.from({ length: perPattern }, () => {
      const slots: Record<string, string> = {};
      const text = tidy(new PatternFiller(pattern, slots, random).fill());
      return { intent, text, slots };
    }),
  );
}

function patternLines(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) =>
      line
        .replace(/#.*/, '')
        .replace(/ \*\d+\s*$/, '')
        .trim(),
    )
    .filter((line) => line !== '' && !line.startsWith('@'));
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/ '/g, "'").trim();
}

class PatternFiller {
  private readonly pattern: string;
  private readonly slots: Record<string, string>;
  private readonly random: () => number;
  private at = 0;

  constructor(pattern: string, slots: Record<string, string>, random: () => number) {
    this.pattern = pattern;
    this.slots = slots;
    this.random = random;
  }

  fill(): string {
    return this.choose([this.sequence(), ...this.others()]);
  }

  private others(): string[] {
    const found: string[] = [];
    while (this.pattern[this.at] === '|') {
      this.at++;
      found.push(this.sequence());
    }
    return found;
  }

  private sequence(): string {
    let text = '';
    while (this.at < this.pattern.length && !'|)]'.includes(this.pattern[this.at]!)) {
      const sign = this.pattern[this.at]!;
      if (sign === '(' || sign === '[') text += this.group(sign);
      else if (sign === '{' || sign === '<') text += this.reference(sign);
      else {
        text += sign;
        this.at++;
      }
    }
    return text;
  }

  private group(open: string): string {
    this.at++;
    const chosen = this.choose([this.sequence(), ...this.others()]);
    this.at++;
    return open === '[' && this.random() < 0.5 ? '' : chosen;
  }

  private reference(open: string): string {
    const close = this.pattern.indexOf(open === '{' ? '}' : '>', this.at);
    const [name, type = name] = this.pattern.slice(this.at + 1, close).split(':') as [string, string?];
    this.at = close + 1;
    const lines = patternLines(`${DOMAIN}/slots/${type}.txt`);
    const value = tidy(new PatternFiller(this.choose(lines), {}, this.random).fill());
    if (open === '{') this.slots[name] = value;
    return value;
  }

  private choose(options: readonly string[]): string {
    return options[Math.floor(this.random() * options.length)] ?? '';
  }
}
