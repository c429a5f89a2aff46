import type { MathNode, MathJsInstance } from 'mathjs';

/** The only functions and names an expression may use; anything else is no sum. */
const FUNCTIONS = new Set([
  'sqrt',
  'cbrt',
  'abs',
  'round',
  'floor',
  'ceil',
  'log',
  'log10',
  'log2',
  'ln',
  'exp',
  'sin',
  'cos',
  'tan',
  'factorial',
]);
const SYMBOLS = new Set(['pi', 'e']);
const OPERATORS = new Set([
  'add',
  'subtract',
  'multiply',
  'divide',
  'pow',
  'mod',
  'unaryMinus',
  'unaryPlus',
  'factorial',
]);
const LONGEST_EXPRESSION = 200;

export type ArithmeticResult =
  | { readonly outcome: 'value'; readonly value: number }
  | { readonly outcome: 'divided-by-zero' | 'no-real-value' | 'too-large' | 'not-understood' };

/** Mathjs takes a second to load, so it is loaded by the first tool that needs it. */
export async function loadMath(): Promise<MathJsInstance> {
  const { create, all } = await import('mathjs');
  return create(all!, {});
}

/**
 * The value of an arithmetic expression in digits and signs. Mathjs reads it; only after every part of what
 * it read has been found harmless is it worked out. No assignment, no text, no units, no function but plain ones.
 */
export function evaluateArithmetic(math: MathJsInstance, expression: string): ArithmeticResult {
  if (expression.length > LONGEST_EXPRESSION) return { outcome: 'not-understood' };
  let node: MathNode;
  try {
    node = math.parse(expression.replace(/\bln\(/g, 'log('));
  } catch {
    return { outcome: 'not-understood' };
  }
  let harmless = true;
  let dividesByZero = false;
  node.traverse((part) => {
    harmless &&= isHarmless(part);
    dividesByZero ||= isDivisionByZero(math, part);
  });
  if (!harmless) return { outcome: 'not-understood' };
  if (dividesByZero) return { outcome: 'divided-by-zero' };
  return outcomeOf(node.compile().evaluate({}));
}

function isHarmless(node: MathNode): boolean {
  const part = node as MathNode & { name?: string; fn?: unknown; value?: unknown };
  switch (part.type) {
    case 'ConstantNode':
      return typeof part.value === 'number';
    case 'ParenthesisNode':
      return true;
    case 'OperatorNode':
      return OPERATORS.has(String(part.fn));
    case 'FunctionNode':
      return FUNCTIONS.has((part.fn as { name?: string }).name ?? '');
    case 'SymbolNode':
      return SYMBOLS.has(part.name ?? '') || FUNCTIONS.has(part.name ?? '');
    default:
      return false;
  }
}

function isDivisionByZero(math: MathJsInstance, node: MathNode): boolean {
  const part = node as MathNode & { fn?: unknown; args?: MathNode[] };
  if (part.type !== 'OperatorNode' || (part.fn !== 'divide' && part.fn !== 'mod')) return false;
  const divisor = part.args![1]!;
  let harmless = true;
  divisor.traverse((inner) => {
    harmless &&= isHarmless(inner);
  });
  return harmless && math.equal(divisor.compile().evaluate({}), 0) === true;
}

function outcomeOf(result: unknown): ArithmeticResult {
  if (typeof result !== 'number') return { outcome: 'no-real-value' };
  if (Number.isNaN(result)) return { outcome: 'no-real-value' };
  if (!Number.isFinite(result)) return { outcome: 'too-large' };
  return { outcome: 'value', value: Number(result.toPrecision(12)) };
}
