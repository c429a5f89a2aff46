import { totalmem } from 'node:os';
import type { ConversionRequest, ModelPrecision, PrecisionChoice } from '../../contract/model-conversion.ts';
import type { StoredTensor } from './checkpoint.ts';
import { encodingOf } from './weight-encodings.ts';

/** Bytes that a number takes while the model runs on the processor, which multiplies float32 or blocks of codes. */
const MEMORY_BYTES = {
  float32: 4,
  /** Codes, and for each block of 32 a float32 scale and a sum that the kernel keeps. */
  int8: 1 + 8 / 32,
  int4: 0.5 + 8 / 32,
} as const;
/** A graphics processor keeps half precision as it is. */
const HALF_BYTES = 2;
/** Positions remembered, what is between the layers, and the program itself. */
const WORKING_BYTES = 1_500_000_000;
/** The system and other programs need the rest. */
const USABLE_SHARE = 0.75;
/** Below this every form is read in a moment. */
const SMALL_BYTES = 300_000_000;

export interface ModelTensors {
  readonly main: Iterable<StoredTensor>;
  readonly speech: Iterable<StoredTensor>;
}
type Provider = ConversionRequest['provider'];

/** What the model takes in memory at one precision, about. Computed from the tensors, not measured. */
export function memoryNeed(tensors: ModelTensors, precision: ModelPrecision, provider: Provider): number {
  const half = onGraphics(provider) ? HALF_BYTES : MEMORY_BYTES.float32;
  let bytes = 0;
  const isTied = ![...tensors.main].some(({ name }) => name === 'lm_head.weight');
  for (const tensor of tensors.main) {
    const numbers = tensor.shape.reduce((product, size) => product * size, 1);
    // The embedding table stays in its file: a row is read for each token.
    if (tensor.name === 'model.embed_tokens.weight' && !isTied) continue;
    const encoding = encodingOf('model', precision, tensor, tensor.shape.length === 2);
    if (encoding === 'int4' || encoding === 'int8') bytes += numbers * MEMORY_BYTES[encoding];
    else bytes += numbers * (encoding === 'float16' ? half : MEMORY_BYTES.float32);
  }
  for (const tensor of tensors.speech) {
    bytes += tensor.shape.reduce((product, size) => product * size, MEMORY_BYTES.float32);
  }
  return Math.ceil(bytes);
}

/** Follows the memory and the provider, unless a precision is asked for; says why. */
export function choosePrecision(
  asked: ConversionRequest['precision'],
  tensors: ModelTensors,
  provider: Provider,
  totalMemoryBytes = totalmem(),
): PrecisionChoice {
  const weigh = (precision: ModelPrecision, reason: PrecisionChoice['reason']): PrecisionChoice => {
    const weights = memoryNeed(tensors, precision, provider);
    return { precision, reason, neededMemoryBytes: weights + WORKING_BYTES, totalMemoryBytes };
  };
  const fits = (choice: PrecisionChoice) => choice.neededMemoryBytes <= totalMemoryBytes * USABLE_SHARE;
  if (asked !== 'auto') return weigh(asked, 'asked-for');
  const full = weigh('float32', 'small-model');
  if (full.neededMemoryBytes - WORKING_BYTES <= SMALL_BYTES) return full;
  const smallest = weigh('int4', 'processor-reads-every-weight');
  if (!fits(smallest)) return { ...smallest, reason: 'nothing-fits' };
  if (!onGraphics(provider)) return smallest;
  const half = weigh('float16', 'graphics-memory-suffices');
  return fits(half) ? half : { ...smallest, reason: 'graphics-memory-short' };
}

/**
 * For a voice alone, which is computed in float32 and too small to be shrunk: at half precision it takes less of the
 * disk, if that is asked for.
 */
export function chooseVoicePrecision(
  asked: ConversionRequest['precision'],
  speech: Iterable<StoredTensor>,
  totalMemoryBytes = totalmem(),
): PrecisionChoice & { readonly precision: 'float32' | 'float16' } {
  const precision = asked === 'auto' || asked === 'float32' ? 'float32' : 'float16';
  const neededMemoryBytes = memoryNeed({ main: [], speech }, precision, undefined) + WORKING_BYTES;
  const reason = asked === 'auto' ? 'small-model' : 'asked-for';
  return { precision, reason, neededMemoryBytes, totalMemoryBytes };
}

function onGraphics(provider: Provider): boolean {
  return provider !== undefined && provider !== 'auto' && provider !== 'cpu';
}
