import type { CompiledGrammar, CompiledType, Expression, PhraseTree } from './compiled-grammar.ts';

/**
 * How much a grammar word tells about the intent, 0.15 (in nearly every intent) to 1 (in one); `unused` for a word
 * that stands in no pattern, only in values or wrappings. By word id.
 */
export function wordWeights(grammar: CompiledGrammar, unused: number): Float32Array {
  const intentsOf = new Map<number, Set<string>>();
  for (const { expression, intent } of grammar.patterns) {
    eachWord(expression, (word) => {
      const intents = intentsOf.get(word);
      if (intents) intents.add(intent);
      else intentsOf.set(word, new Set([intent]));
    });
  }
  const most = Math.max(2, ...[...intentsOf.values()].map((intents) => intents.size));
  const weights = new Float32Array(grammar.wordIds.size).fill(unused);
  for (const [word, intents] of intentsOf) {
    weights[word] = 1 - 0.85 * (Math.log(intents.size) / Math.log(most));
  }
  return weights;
}

/** Types whose values are drawn from a large vocabulary (names, places, things): others will be said too. */
export function openTypes(grammar: CompiledGrammar): boolean[] {
  const vocabularies = new Map<number, Set<number>>();
  const vocabulary = (type: number): Set<number> => {
    let words = vocabularies.get(type);
    if (!words) {
      vocabularies.set(type, (words = new Set()));
      const { phrases, composed } = grammar.types[type] as CompiledType;
      eachPhraseWord(phrases, (word) => words?.add(word));
      for (const { expression } of composed) {
        eachWord(expression, (word) => words?.add(word));
        eachType(expression, (inner) => vocabulary(inner).forEach((word) => words?.add(word)));
      }
    }
    return words;
  };
  return grammar.types.map((_, type) => vocabulary(type).size >= OPEN_VOCABULARY);
}

const OPEN_VOCABULARY = 90;

export function eachWord(expression: Expression, visit: (word: number) => void): void {
  if (expression.kind === 'word') visit(expression.word);
  else if (expression.kind === 'phrases') eachPhraseWord(expression.tree, visit);
  else if (expression.kind !== 'type') for (const part of expression.parts) eachWord(part, visit);
}

function eachType(expression: Expression, visit: (type: number) => void): void {
  if (expression.kind === 'type') visit(expression.type);
  else if (expression.kind === 'sequence' || expression.kind === 'choice') {
    for (const part of expression.parts) eachType(part, visit);
  }
}

function eachPhraseWord(tree: PhraseTree, visit: (word: number) => void): void {
  for (const [word, next] of tree.next) {
    visit(word);
    eachPhraseWord(next, visit);
  }
}
