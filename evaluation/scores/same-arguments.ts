/** Whether two calls say the same, whatever the order of their fields. Text is compared without case and outer blanks. */
export function sameArguments(a: unknown, b: unknown): boolean {
  if (typeof a === 'string' && typeof b === 'string')
    return a.trim().toLowerCase() === b.trim().toLowerCase();
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => {
    return sameArguments((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]);
  });
}
