import { hiddenMark } from '../../engine/speak/voice-mark.ts';
import type { MonoSound } from '../sound-file.ts';

/** Whether speech that was saved carries the hidden mark; the file must have the sample rate at which it was made. */
export function hiddenMarkIn({ samples }: MonoSound): ReturnType<typeof hiddenMark> {
  return hiddenMark(samples);
}
