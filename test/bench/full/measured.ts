/** Other programs only ever make a run slower: the fastest of several says what the machine can do. */
export function fastest(times: readonly number[]): number {
  return Math.min(...times);
}

/** The child's side: figures, and the most memory that this process ever held, as one line of JSON. */
export function printMeasured(figures: Readonly<Record<string, number>>): void {
  const peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
  process.stdout.write(`${JSON.stringify({ ...figures, peakMemoryBytes })}\n`);
}

/** Milliseconds that this process has computed, all threads together: what a busy machine changes least. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
