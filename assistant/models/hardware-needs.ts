import type { ModelPrecision } from '../../contract/model-conversion.ts';
import type { HardwareNeed } from '../../contract/model-library.ts';
import type { Settings } from '../../contract/settings.ts';
import {
  choosePrecision,
  chooseVoicePrecision,
  type ModelTensors,
} from '../../engine/convert/precision-choice.ts';
import { encodingOf, type WeightGroup } from '../../engine/convert/weight-encodings.ts';

/** On the disk, with a float16 scale and a zero point for each block of 32 codes. */
const DISK_BYTES = { int4: 0.5 + 2.5 / 32, int8: 1 + 3 / 32, float16: 2 } as const;
/** The networks that are copied as they are: speech tokens and timbre of a recording. */
const COPIED_BYTES = 524_386_396;

/** What a model takes at each precision, the smallest first. Computed from its tensors, not measured. */
export function hardwareNeeds(tensors: ModelTensors, provider: Settings['provider']): HardwareNeed[] {
  return (['int4', 'float16', 'float32'] as const).map((precision) => ({
    precision,
    memoryBytes: choosePrecision(precision, tensors, provider).neededMemoryBytes,
    diskBytes: Math.ceil(
      diskBytes(tensors.main, 'model', precision) +
        diskBytes(tensors.speech, 'flow', precision) +
        COPIED_BYTES,
    ),
  }));
}

/** What a voice alone takes, as it was published. */
export function voiceNeeds(speech: ModelTensors['speech']): HardwareNeed[] {
  const { precision, neededMemoryBytes } = chooseVoicePrecision('auto', speech);
  const diskNeed = diskBytes(speech, 'flow', precision) + COPIED_BYTES;
  return [{ precision, memoryBytes: neededMemoryBytes, diskBytes: Math.ceil(diskNeed) }];
}

function diskBytes(tensors: ModelTensors['main'], group: WeightGroup, precision: ModelPrecision): number {
  let bytes = 0;
  for (const tensor of tensors) {
    const numbers = tensor.shape.reduce((product, size) => product * size, 1);
    const encoding = encodingOf(group, precision, tensor, tensor.shape.length === 2);
    bytes += encoding === 'as-stored' ? tensor.byteLength : numbers * DISK_BYTES[encoding];
  }
  return bytes;
}
