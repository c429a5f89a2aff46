import { z } from 'zod';
import { parseSpokenExpression } from '../../spoken-values/spoken-expression.ts';
import { alwaysAvailable, defineTool } from '../tool.ts';
import { evaluateArithmetic, loadMath, type ArithmeticResult } from './arithmetic.ts';

export type CalculateResult = ArithmeticResult & { readonly expression: string };

export const calculate = defineTool({
  name: 'calculate',
  description:
    'Works out an arithmetic expression, written ("12 * 4", "sqrt(2)", "15 / 100 * 80") or in words ("fifteen percent of eighty").',
  input: z.object({ expression: z.string().min(1).max(200) }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ expression }): Promise<CalculateResult> {
    const math = await loadMath();
    const written = evaluateArithmetic(math, expression);
    if (written.outcome !== 'not-understood') return { ...written, expression };
    const spoken = parseSpokenExpression(expression);
    if (spoken === undefined) return { ...written, expression };
    return { ...evaluateArithmetic(math, spoken), expression: spoken };
  },
});
