import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compileGrammar, type CompiledGrammar } from './compiled-grammar.ts';
import { readPatterns, type WeightedPattern } from './pattern-language.ts';

/** One entry of intents.json, as far as the recogniser needs it. */
export interface Intent {
  readonly name: string;
  readonly kind: 'tool' | 'intent';
  readonly tool?: string;
  /** Fixed arguments of the tool, beside the slots. */
  readonly arguments?: Readonly<Record<string, string>>;
  readonly slots: readonly { readonly name: string; readonly type: string; readonly required: boolean }[];
}

export interface DomainGrammar {
  readonly intents: ReadonlyMap<string, Intent>;
  readonly grammar: CompiledGrammar;
}

/** Reads the domain folder of a package: intents.json, patterns/, slots/ and wrapping/. */
export async function readDomainGrammar(folder: string): Promise<DomainGrammar> {
  const [intents, patterns, types, wrappings] = await Promise.all([
    readFile(join(folder, 'intents.json'), 'utf8').then((text) => JSON.parse(text) as Intent[]),
    readPatternFolder(join(folder, 'patterns')),
    readPatternFolder(join(folder, 'slots')),
    readPatternFolder(join(folder, 'wrapping')),
  ]);
  return {
    intents: new Map(intents.map((intent) => [intent.name, intent])),
    grammar: compileGrammar(patterns, types, wrappings),
  };
}

async function readPatternFolder(folder: string): Promise<Map<string, WeightedPattern[]>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort();
  const entries = names.map(async (name): Promise<[string, WeightedPattern[]]> => {
    return [name.slice(0, -4), readPatterns(await readFile(join(folder, name), 'utf8'))];
  });
  return new Map(await Promise.all(entries));
}
