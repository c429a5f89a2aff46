import { cpus, totalmem } from 'node:os';

/** What the figures were measured on, in one line. */
export function describeMachine(): string {
  const processors = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return `${processors.length} x ${processors[0]?.model.trim() ?? 'unknown processor'}, ${memory}, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
}
