import type { Pattern, WeightedPattern } from './pattern-language.ts';

/** Phrases that share beginnings; `log` is the natural log of the share of the phrase that ends here, or NaN. */
export interface PhraseTree {
  readonly next: Map<number, PhraseTree>;
  log: number;
}

/** A pattern with word and type numbers. Types are indexes into `CompiledGrammar.types`. */
export type Expression =
  | { readonly kind: 'word'; readonly word: number }
  | { readonly kind: 'sequence'; readonly parts: readonly Expression[] }
  | { readonly kind: 'choice'; readonly parts: readonly Expression[] }
  | { readonly kind: 'phrases'; readonly tree: PhraseTree }
  | { readonly kind: 'type'; readonly type: number; readonly slot: string | undefined };

export interface Weighted {
  readonly expression: Expression;
  /** Natural log of its share among its neighbours. */
  readonly log: number;
}
export interface CompiledType {
  readonly name: string;
  readonly phrases: PhraseTree;
  readonly composed: readonly Weighted[];
}
export interface CompiledPattern extends Weighted {
  readonly intent: string;
  readonly mode: string;
}
export interface CompiledGrammar {
  readonly wordIds: ReadonlyMap<string, number>;
  readonly types: readonly CompiledType[];
  readonly patterns: readonly CompiledPattern[];
  /** First word id to the patterns that may begin with it. */
  readonly startingWith: ReadonlyMap<number, readonly number[]>;
  /** `command-before`, `command-after`, ...: phrases around a pattern of that mode. */
  readonly wrappings: ReadonlyMap<string, PhraseTree>;
}

type PatternFiles = ReadonlyMap<string, readonly WeightedPattern[]>;

export function compileGrammar(
  patternFiles: PatternFiles,
  typeFiles: PatternFiles,
  wrappingFiles: PatternFiles,
) {
  const wordIds = new Map<string, number>();
  const typeIds = new Map([...typeFiles.keys()].map((name, id) => [name, id]));
  const compile = compiler(wordIds, typeIds);
  const types = [...typeFiles].map(([name, lines]) => compileType(name, lines, wordIds, compile));
  const patterns = [...patternFiles].flatMap(([intent, lines]) => {
    const total = lines.reduce((sum, { weight }) => sum + weight, 0);
    return lines.map(({ pattern, weight, mode }): CompiledPattern => {
      return { intent, mode, expression: compile(pattern), log: Math.log(weight / total) };
    });
  });
  const wrappings = new Map(
    [...wrappingFiles].map(([name, lines]) => [name, compileType(name, lines, wordIds, compile).phrases]),
  );
  const grammar: CompiledGrammar = {
    wordIds,
    types,
    patterns,
    startingWith: firstWords(patterns, types),
    wrappings,
  };
  return grammar;
}

type Compile = (pattern: Pattern) => Expression;

function compiler(wordIds: Map<string, number>, typeIds: ReadonlyMap<string, number>): Compile {
  const compile: Compile = (pattern) => {
    switch (pattern.kind) {
      case 'word':
        return { kind: 'word', word: idOf(wordIds, pattern.word) };
      case 'type': {
        const type = typeIds.get(pattern.type);
        if (type === undefined) throw new Error(`grammar: no slot type ${pattern.type}`);
        return { kind: 'type', type, slot: pattern.slot };
      }
      case 'sequence':
        return { kind: 'sequence', parts: pattern.parts.map(compile) };
      case 'choice': {
        const literals = pattern.parts.map(literalWords);
        if (!literals.every((words) => words !== undefined && words.length > 0)) {
          return { kind: 'choice', parts: pattern.parts.map(compile) };
        }
        const tree = newTree();
        for (const words of literals) addPhrase(tree, words as string[], -Math.log(literals.length), wordIds);
        return { kind: 'phrases', tree };
      }
    }
  };
  return compile;
}

function compileType(
  name: string,
  lines: readonly WeightedPattern[],
  wordIds: Map<string, number>,
  compile: Compile,
): CompiledType {
  const total = lines.reduce((sum, { weight }) => sum + weight, 0);
  const phrases = newTree();
  const composed: Weighted[] = [];
  for (const { pattern, weight } of lines) {
    const words = literalWords(pattern);
    if (words && words.length > 0) addPhrase(phrases, words, Math.log(weight / total), wordIds);
    else composed.push({ expression: compile(pattern), log: Math.log(weight / total) });
  }
  return { name, phrases, composed };
}

function literalWords(pattern: Pattern): string[] | undefined {
  if (pattern.kind === 'word') return [pattern.word];
  if (pattern.kind !== 'sequence') return undefined;
  const words = pattern.parts.map((part) => (part.kind === 'word' ? part.word : undefined));
  return words.every((word) => word !== undefined) ? words : undefined;
}

function newTree(): PhraseTree {
  return { next: new Map(), log: Number.NaN };
}

function addPhrase(
  tree: PhraseTree,
  words: readonly string[],
  log: number,
  wordIds: Map<string, number>,
): void {
  let node = tree;
  for (const word of words) {
    const id = idOf(wordIds, word);
    let child = node.next.get(id);
    if (!child) node.next.set(id, (child = newTree()));
    node = child;
  }
  node.log = Number.isNaN(node.log) ? log : Math.max(node.log, log);
}

function idOf(ids: Map<string, number>, word: string): number {
  let id = ids.get(word);
  if (id === undefined) ids.set(word, (id = ids.size));
  return id;
}

/** Which patterns may begin with a word. */
function firstWords(
  patterns: readonly CompiledPattern[],
  types: readonly CompiledType[],
): Map<number, number[]> {
  const ofType = new Map<number, Set<number>>();
  /** Adds the first words of an expression; true when it may be empty. */
  const collect = (expression: Expression, into: Set<number>): boolean => {
    switch (expression.kind) {
      case 'word':
        into.add(expression.word);
        return false;
      case 'phrases':
        for (const word of expression.tree.next.keys()) into.add(word);
        return false;
      case 'choice':
        return expression.parts.map((part) => collect(part, into)).includes(true);
      case 'sequence':
        return expression.parts.every((part) => collect(part, into));
      case 'type': {
        let words = ofType.get(expression.type);
        if (!words) {
          ofType.set(expression.type, (words = new Set()));
          const type = types[expression.type] as CompiledType;
          for (const word of type.phrases.next.keys()) words.add(word);
          for (const line of type.composed) collect(line.expression, words);
        }
        for (const word of words) into.add(word);
        return false;
      }
    }
  };
  const starting = new Map<number, number[]>();
  patterns.forEach((pattern, index) => {
    const words = new Set<number>();
    collect(pattern.expression, words);
    for (const word of words) {
      const list = starting.get(word);
      if (list) list.push(index);
      else starting.set(word, [index]);
    }
  });
  return starting;
}
