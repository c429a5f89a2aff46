import type { PrecisionChoice } from '../../contract/model-conversion.ts';
import type { Settings } from '../../contract/settings.ts';
import { openCheckpointFolder, openVoiceFolder } from '../../engine/convert/checkpoint-folder.ts';
import {
  choosePrecision,
  chooseVoicePrecision,
  type ModelTensors,
} from '../../engine/convert/precision-choice.ts';
import { speechTensors } from '../../engine/convert/speech-parts.ts';

export interface PrecisionChoices {
  readonly auto: PrecisionChoice;
  readonly choices: PrecisionChoice[];
  /** It can become a voice and nothing more. */
  readonly voiceOnly?: boolean;
}

/** What `auto` means for these tensors on this machine, and what each precision would need. */
export function precisionChoices(tensors: ModelTensors, provider: Settings['provider']): PrecisionChoices {
  return {
    auto: choosePrecision('auto', tensors, provider),
    choices: (['int4', 'float16', 'float32'] as const).map((precision) =>
      choosePrecision(precision, tensors, provider),
    ),
  };
}

/** For a voice alone. Throws UserError, naming what is missing or damaged. */
export function voicePrecisionChoices(tensors: ModelTensors['speech']): PrecisionChoices {
  return {
    auto: chooseVoicePrecision('auto', tensors),
    choices: (['float16', 'float32'] as const).map((precision) => chooseVoicePrecision(precision, tensors)),
    voiceOnly: true,
  };
}

export function voiceTensors(folder: string): ModelTensors['speech'] {
  return speechTensors(openVoiceFolder(folder).speech);
}

/** Reads the heads of the weights alone. Throws UserError, naming what is missing or damaged. */
export function checkpointTensors(folder: string): ModelTensors {
  const { weights, speech } = openCheckpointFolder(folder);
  const parts = [speech?.flow, speech?.vocoder].flatMap((part) => [...(part?.tensors.values() ?? [])]);
  return { main: [...weights.tensors.values()], speech: parts };
}
