import { z } from 'zod';
import type { HttpClient } from './http-client.ts';
import { isWantedFile, listedFile, type ListedFile } from './listed-file.ts';
import { readJson } from './read-json.ts';
import type { Listing, Source } from './source.ts';
import { badAnswer } from './source-problem.ts';

const commit = /^[0-9a-f]{40}$/;
const MOST_PAGES = 20;
const revisionAnswer = z.object({ sha: z.string().regex(commit) });
const treeAnswer = z.array(
  z.object({
    type: z.string(),
    path: z.string(),
    size: z.number().optional(),
    /** Git's name of the content; of the pointer where the content is kept apart. */
    oid: z.string().optional(),
    lfs: z.object({ oid: z.string(), size: z.number() }).optional(),
  }),
);

export interface HuggingFaceOptions {
  readonly client: HttpClient;
  /** For example https://huggingface.co, without a slash at the end. */
  readonly base: string;
  /** `owner/name` */
  readonly repository: string;
  /** A commit, a branch, or empty for the newest. */
  readonly revision: string;
  readonly token: string | undefined;
}

/** Hugging Face, or a mirror that answers in the same way. */
export class HuggingFaceSource implements Source {
  readonly host: string;
  readonly token: string | undefined;
  private readonly options: HuggingFaceOptions;

  constructor(options: HuggingFaceOptions) {
    this.options = options;
    this.token = options.token;
    this.host = new URL(options.base).host;
  }

  async list(signal: AbortSignal): Promise<Listing> {
    const { repository } = this.options;
    const revision = await this.exactRevision(signal);
    const files: ListedFile[] = [];
    let next: string | undefined = `/api/models/${repository}/tree/${encodeURIComponent(revision)}?recursive=true`;
    for (let page = 0; next; page += 1) {
      if (page >= MOST_PAGES) throw badAnswer(this.host, 'the list of files does not end', false);
      const { value, headers } = await this.ask(next, signal);
      const parsed = treeAnswer.safeParse(value);
      if (!parsed.success) throw badAnswer(this.host, 'the list of files was not understood', false);
      for (const entry of parsed.data) {
        if (entry.type !== 'file' || !isWantedFile(entry.path)) continue;
        const file = listedFile.safeParse({
          path: entry.path,
          bytes: entry.lfs?.size ?? entry.size ?? 0,
          sum: entry.lfs
            ? { algorithm: 'sha256', value: entry.lfs.oid.replace(/^sha256:/, '') }
            : commit.test(entry.oid ?? '')
              ? { algorithm: 'git-sha1', value: entry.oid }
              : undefined,
        });
        if (!file.success) throw badAnswer(this.host, 'a file with an impossible name or size', false);
        files.push(file.data);
      }
      next = nextPage(headers.get('link'), this.options.base);
    }
    return { revision, files };
  }

  addressOf(path: string, revision: string): URL {
    const steps = path.split('/').map(encodeURIComponent).join('/');
    return new URL(
      `${this.options.base}/${this.options.repository}/resolve/${encodeURIComponent(revision)}/${steps}`,
    );
  }

  private async exactRevision(signal: AbortSignal): Promise<string> {
    const { repository, revision } = this.options;
    if (commit.test(revision)) return revision;
    const path = `/api/models/${repository}/revision/${encodeURIComponent(revision || 'main')}`;
    const parsed = revisionAnswer.safeParse((await this.ask(path, signal)).value);
    if (!parsed.success) throw badAnswer(this.host, 'it did not tell the revision', false);
    return parsed.data.sha;
  }

  private ask(path: string, signal: AbortSignal) {
    const { client, base, repository } = this.options;
    return readJson(client, { address: new URL(`${base}${path}`), token: this.token }, repository, signal);
  }
}

/** Of a header such as `<https://huggingface.co/api/...>; rel="next"`, the path on the same host. */
function nextPage(link: string | undefined, base: string): string | undefined {
  const address = /<([^>]+)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1];
  if (!address || !URL.canParse(address, base)) return undefined;
  const { pathname, search } = new URL(address, base);
  return pathname.slice(new URL(base).pathname.replace(/\/$/, '').length) + search;
}
