import { z } from 'zod';
import { isMoney, parseSpokenUnit } from '../../spoken-values/spoken-unit.ts';
import { alwaysAvailable, defineTool } from '../tool.ts';
import { loadMath } from './arithmetic.ts';

export type ConvertUnitsResult =
  | {
      readonly outcome: 'converted';
      readonly value: number;
      readonly from: string;
      readonly converted: number;
      readonly to: string;
    }
  | { readonly outcome: 'money' }
  | { readonly outcome: 'unknown-unit'; readonly unit: string }
  | { readonly outcome: 'different-kinds'; readonly from: string; readonly to: string };

export const convertUnits = defineTool({
  name: 'convert_units',
  description:
    'Converts an amount between units of length, mass, volume, temperature, speed, time, data, area, energy, power or pressure. Not money.',
  input: z.object({
    value: z.number(),
    from: z.string().min(1).max(60).describe('For example "miles", "degrees fahrenheit", "cups".'),
    to: z.string().min(1).max(60),
  }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ value, from, to }): Promise<ConvertUnitsResult> {
    if (isMoney(from, to) || isMoney(to, from)) return { outcome: 'money' };
    const source = parseSpokenUnit(from);
    const target = parseSpokenUnit(to);
    if (!source) return { outcome: 'unknown-unit', unit: from };
    if (!target) return { outcome: 'unknown-unit', unit: to };
    if (source.kind !== target.kind) {
      return { outcome: 'different-kinds', from: source.plural, to: target.plural };
    }
    const math = await loadMath();
    const amount = math.unit(value * source.scale, source.mathName).toNumber(target.mathName) / target.scale;
    const name = (count: number, unit: typeof source) =>
      Math.abs(count) === 1 ? unit.singular : unit.plural;
    const converted = Number(amount.toPrecision(12));
    return { outcome: 'converted', value, from: name(value, source), converted, to: name(converted, target) };
  },
});
