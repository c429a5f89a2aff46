import { totalmem } from 'node:os';
import type { PrecisionChoice } from '../../contract/model-conversion.ts';
import type { HardwareNeed } from '../../contract/model-library.ts';
import type { Settings } from '../../contract/settings.ts';

/** The system and other programs need some of it. */
const USABLE = 0.75;

/** What `auto` means for a model that needs so much, on a machine with so much memory; and what each would need. */
export function precisionChoices(
  needs: readonly HardwareNeed[],
  provider: Settings['provider'],
  totalMemoryBytes = totalmem(),
): { auto: PrecisionChoice; choices: PrecisionChoice[] } {
  const choices = needs.map(({ precision, memoryBytes }) => ({
    precision,
    reason: 'asked-for' as const,
    neededMemoryBytes: memoryBytes,
    totalMemoryBytes,
  }));
  const find = (precision: string) => choices.find((choice) => choice.precision === precision);
  const fits = (choice: PrecisionChoice | undefined) =>
    choice !== undefined && choice.neededMemoryBytes <= totalMemoryBytes * USABLE;
  const [smallest] = choices;
  if (!smallest) throw new Error('A model has at least one precision.');
  const half = find('float16');
  const onGraphics = !['auto', 'cpu'].includes(provider);
  if (!fits(smallest)) return { auto: { ...smallest, reason: 'nothing-fits' }, choices };
  if (!onGraphics) return { auto: { ...smallest, reason: 'processor-reads-every-weight' }, choices };
  return half && fits(half)
    ? { auto: { ...half, reason: 'graphics-memory-suffices' }, choices }
    : { auto: { ...smallest, reason: 'graphics-memory-short' }, choices };
}
