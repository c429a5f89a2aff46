import { SPECIAL_TOKENS } from '../reason/special-tokens.ts';
import type { Tokenizer } from '../reason/tokenizer.ts';
import { decoderDimensions, type ModelConfig } from './model-config.ts';
import type { NewManifest } from './package-manifest.ts';

export function dimensionsOf(config: ModelConfig): NewManifest['dimensions'] {
  const audio = config.audio_encoder_config;
  const decoder = decoderDimensions(config.text_config);
  return {
    melBands: audio.n_mels,
    encoderState: audio.n_audio_state,
    encoderLayers: audio.n_audio_layer,
    decoderHidden: decoder.hidden,
    decoderLayers: decoder.layers,
    vocabulary: decoder.vocabulary,
    context: decoder.context,
  };
}

/** Names of the parts in every package; `weights` holds the embedding table. */
export function partsWith(weights: string): NewManifest['parts'] {
  return {
    audioEncoder: 'audio-encoder.onnx',
    audioAdaptor: 'audio-adaptor.onnx',
    speechDecoder: 'speech-decoder.onnx',
    tokenizer: 'tokenizer.json',
    config: 'config.json',
    weights,
  };
}

export function specialTokensOf(tokenizer: Tokenizer): Record<string, number> {
  return Object.fromEntries(
    Object.values(SPECIAL_TOKENS)
      .filter((token) => tokenizer.has(token))
      .map((token) => [token, tokenizer.idOf(token)]),
  );
}
