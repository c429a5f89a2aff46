import { join } from 'node:path';
import type { ModelPackage } from '../convert/model-package.ts';
import type { SessionSettings } from '../onnx/session.ts';
import { SpeechDecoder } from '../reason/speech-decoder.ts';
import { readTokenizer, type Tokenizer } from '../reason/tokenizer.ts';
import { AcousticModel } from './acoustic-model.ts';
import { readDomainGrammar, type DomainGrammar } from './domain-grammar.ts';
import { FrameWriter } from './frame-writer.ts';
import { GrammarDistance } from './grammar-distance.ts';
import { IntentClassifier } from './intent-classifier.ts';
import { readRecognitionSettings, type RecognitionSettings } from './recognition-settings.ts';
import type { TagGroup } from './tag-reading.ts';
import { WordSearch } from './word-search.ts';

/** Everything that a starter package brings, opened. */
export interface StarterParts {
  readonly settings: RecognitionSettings;
  readonly labels: readonly string[];
  readonly tagGroups: readonly TagGroup[];
  readonly acoustic: AcousticModel;
  readonly words: WordSearch;
  readonly domain: DomainGrammar;
  readonly distance: GrammarDistance;
  readonly intents: IntentClassifier;
  readonly tokenizer: Tokenizer;
  readonly decoder: SpeechDecoder;
  readonly writer: FrameWriter;
}

export const openingStages = ['words', 'domain', 'listening', 'reasoning'] as const;

/** Yields each stage as it begins and returns the parts. */
export async function* openStarterParts(
  model: ModelPackage,
  session: SessionSettings,
  signal: AbortSignal,
): AsyncGenerator<(typeof openingStages)[number], StarterParts> {
  const path = (name: string): string => join(model.folder, name);
  const labels = model.config.ctc_config?.labels ?? [];
  yield 'words';
  const settings = await readRecognitionSettings(path('recognition.json'));
  const files = { lexicon: path('domain/lexicon.txt'), languageModel: path('language-model.bin') };
  const words = await WordSearch.open(files, labels, settings.search);
  signal.throwIfAborted();
  yield 'domain';
  const domain = await readDomainGrammar(path('domain'));
  const intents = await IntentClassifier.open(path('intent-classifier.bin'));
  const tokenizer = readTokenizer(model.pathOf('tokenizer'));
  signal.throwIfAborted();
  yield 'listening';
  const acoustic = await AcousticModel.open(model, session);
  signal.throwIfAborted();
  yield 'reasoning';
  const decoder = await SpeechDecoder.open(model, session);
  return {
    settings,
    labels,
    tagGroups: model.config.tag_config?.groups ?? [],
    acoustic,
    words,
    domain,
    distance: new GrammarDistance(domain.grammar),
    intents,
    tokenizer,
    decoder,
    writer: new FrameWriter(decoder, tokenizer, domain.intents),
  };
}

export async function releaseStarterParts(parts: StarterParts): Promise<void> {
  await Promise.all([parts.acoustic.release(), parts.decoder.release()]);
}
