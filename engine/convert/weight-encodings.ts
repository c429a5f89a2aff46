import type { ModelPrecision } from '../../contract/model-conversion.ts';
import type { StoredTensor } from './checkpoint.ts';
import type { Encoding } from './weight-plan.ts';

/** Weights that are converted together: those of the safetensors, and those of the flow. */
export type WeightGroup = 'model' | 'flow';

const DECODER = /^(model|lm_head)\./;
/** Where the output projection is the embedding table, that table is multiplied too. */
const KEPT_AT_EIGHT_BITS = /^model\.layers\.0\.|(^|\.)(k_proj|v_proj|lm_head|embed_tokens)\.weight$/;

/**
 * Which form a tensor takes. Norms, biases and tables stay as the checkpoint has them. At `int4` the decoder's layers
 * have four bits, except where more are worth their room: keys and values, which are small (grouped attention) and
 * whose errors every later position reads, the first layer, which all others build on, and the output projection have
 * eight (docs/models.md tells what each gains). So has the listening half. The flow is run ten times over its own
 * result: it keeps half precision.
 */
export function encodingOf(
  group: WeightGroup,
  precision: ModelPrecision,
  tensor: StoredTensor,
  matrix: boolean,
): Encoding {
  if (precision === 'float32' || tensor.shape.length < 2) return 'as-stored';
  if (precision === 'float16' || group === 'flow' || !matrix) return narrowed(tensor);
  return !DECODER.test(tensor.name) || KEPT_AT_EIGHT_BITS.test(tensor.name) ? 'int8' : 'int4';
}

/** Half precision takes no more room than bfloat16 and holds every bit of it. */
function narrowed(tensor: StoredTensor): Encoding {
  return tensor.dtype === 'F32' || tensor.dtype === 'BF16' ? 'float16' : 'as-stored';
}
