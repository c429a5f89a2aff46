import { z } from 'zod';
import { isPlainRelativePath } from '../../../engine/convert/package-manifest.ts';

export const fileSum = z.object({
  /** `git-sha1`: of the text "blob SIZE NUL" and the content, as git names its objects. */
  algorithm: z.enum(['sha256', 'git-sha1']),
  value: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/),
});
export type FileSum = z.infer<typeof fileSum>;

/** A file of a repository: data that a server told, until it has been checked here. */
export const listedFile = z.object({
  path: z.string().max(300).refine(isSafeFilePath, 'not a path that Sotto would write'),
  bytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** Undefined where nobody has told it: then only the length is checked. */
  sum: fileSum.optional(),
});
export type ListedFile = z.infer<typeof listedFile>;

/** Files of a checkpoint or a package; programs, pictures and pages are left on the server. */
const wanted = /\.(json|txt|model|jinja|safetensors|pt|yaml|yml|onnx|onnx_data|data|bin|wav)$/i;
const reservedOnWindows = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A relative path that means the same on every system, and none of the names that Sotto uses itself. */
export function isSafeFilePath(path: string): boolean {
  return (
    isPlainRelativePath(path) &&
    !/[<>"|?*]|\p{Cc}/u.test(path) &&
    path.split('/').every((step) => {
      const isHidden = step.startsWith('.');
      return !isHidden && !/[. ]$/.test(step) && !reservedOnWindows.test(step);
    }) &&
    !path.endsWith('.partial')
  );
}

export function isWantedFile(path: string): boolean {
  const isHidden = path.split('/').some((step) => /^\.[^.]/.test(step));
  return wanted.test(path) && !isHidden;
}
