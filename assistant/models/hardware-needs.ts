import type { HardwareNeed } from '../../contract/model-library.ts';
import type { ModelPrecision } from '../../contract/model-conversion.ts';

/** Parameters of the parts that a precision treats alike. */
export interface ParameterCounts {
  /** Matrices of the language model, and the output head. */
  readonly matrices: number;
  /** Read row by row: one row for each token. */
  readonly embedding: number;
  readonly encoder: number;
  /** From speech tokens to sound, and from a recording to a voice; kept at float32. */
  readonly speech: number;
}

/** Step-Audio 2 mini, from the shapes of its tensors. */
export const miniParameters: ParameterCounts = {
  matrices: 7_094_000_000,
  embedding: 568_900_000,
  encoder: 652_000_000,
  speech: 308_000_000,
};

/** Bytes for each parameter; int4 counts its scales, one for 32 weights. */
const bytesFor: Readonly<Record<ModelPrecision, { readonly matrix: number; readonly other: number }>> = {
  int4: { matrix: 0.5 + 4 / 32, other: 2 },
  float16: { matrix: 2, other: 2 },
  float32: { matrix: 4, other: 4 },
};
/** Two thousand tokens of conversation, activations and the runtime itself. */
const WORKING_BYTES = 1_500_000_000;

/** What a model takes at each precision, the smallest first. Computed, not measured. */
export function hardwareNeeds(counts: ParameterCounts): HardwareNeed[] {
  return (['int4', 'float16', 'float32'] as const).map((precision) => {
    const { matrix, other } = bytesFor[precision];
    const diskBytes =
      counts.matrices * matrix + (counts.embedding + counts.encoder) * other + counts.speech * 4;
    return { precision, diskBytes, memoryBytes: diskBytes + WORKING_BYTES };
  });
}
