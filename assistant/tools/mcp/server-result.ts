import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { cleanText, shortened } from '../../retrieval/clean-text.ts';

const LONGEST_TEXT = 8000;
const MOST_PARTS = 50;

/** What a server's tool gave back, as a person and a model may be shown it. */
export interface ServerResult {
  /** Which server says so. */
  readonly server: string;
  readonly text: string;
  /** The tool itself says that it failed. */
  readonly failed?: true;
}

/** Plain bounded text, whatever came: sounds and pictures are named, not carried along. */
export function serverResult(server: string, result: CallToolResult): ServerResult {
  const parts = (result.content ?? [])
    .slice(0, MOST_PARTS)
    .map(partText)
    .filter((text) => text !== '');
  const structured =
    parts.length === 0 && result.structuredContent ? JSON.stringify(result.structuredContent) : '';
  const text = shortened(
    cleanText([...parts, structured].join('\n').slice(0, LONGEST_TEXT * 2)).trim(),
    LONGEST_TEXT,
  );
  return { server, text, ...(result.isError ? { failed: true as const } : {}) };
}

function partText(part: CallToolResult['content'][number]): string {
  switch (part.type) {
    case 'text':
      return part.text.slice(0, LONGEST_TEXT * 2);
    case 'image':
    case 'audio':
      return `[${part.type}, ${part.mimeType}, ${Math.round((part.data.length * 3) / 4)} bytes]`;
    case 'resource_link':
      return `[${part.name}: ${part.uri}]`;
    case 'resource':
      return 'text' in part.resource
        ? String(part.resource.text).slice(0, LONGEST_TEXT * 2)
        : `[${part.resource.uri}]`;
    default:
      return '';
  }
}
