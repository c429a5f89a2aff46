import { z } from 'zod';
import type { HttpClient } from './http-client.ts';
import { isWantedFile, listedFile } from './listed-file.ts';
import { readJson } from './read-json.ts';
import type { Listing, Source } from './source.ts';
import { badAnswer, SourceProblem } from './source-problem.ts';

const filesAnswer = z.object({
  Code: z.number(),
  Data: z
    .object({
      Files: z.array(
        z.object({
          Path: z.string(),
          Type: z.string(),
          Size: z.number().default(0),
          Sha256: z.string().optional(),
        }),
      ),
    })
    .nullish(),
});

export interface ModelScopeOptions {
  readonly client: HttpClient;
  /** For example https://modelscope.cn, without a slash at the end. */
  readonly base: string;
  /** `owner/name` */
  readonly repository: string;
}

/** ModelScope. Its revisions are not those of Hugging Face, so it serves its newest; sums decide what is the same. */
export class ModelScopeSource implements Source {
  readonly host: string;
  readonly token = undefined;
  private readonly options: ModelScopeOptions;

  constructor(options: ModelScopeOptions) {
    this.options = options;
    this.host = new URL(options.base).host;
  }

  async list(signal: AbortSignal): Promise<Listing> {
    const { client, base, repository } = this.options;
    const revision = 'master';
    const address = new URL(
      `${base}/api/v1/models/${repository}/repo/files?Revision=${revision}&Recursive=true`,
    );
    const { value } = await readJson(client, { address }, repository, signal);
    const parsed = filesAnswer.safeParse(value);
    if (!parsed.success) throw badAnswer(this.host, 'the list of files was not understood', false);
    const { Code, Data } = parsed.data;
    if (Code !== 200 || !Data) {
      throw new SourceProblem('download-not-found', { host: this.host, file: repository }, { passing: false });
    }
    const files = Data.Files.filter(({ Type, Path }) => Type !== 'tree' && isWantedFile(Path)).map((entry) => {
      const sum = entry.Sha256 ? { algorithm: 'sha256', value: entry.Sha256.toLowerCase() } : undefined;
      const file = listedFile.safeParse({ path: entry.Path, bytes: entry.Size, sum });
      if (!file.success) throw badAnswer(this.host, 'a file with an impossible name or size', false);
      return file.data;
    });
    return { revision, files };
  }

  addressOf(path: string, revision: string): URL {
    const address = new URL(`${this.options.base}/api/v1/models/${this.options.repository}/repo`);
    address.searchParams.set('Revision', revision);
    address.searchParams.set('FilePath', path);
    return address;
  }
}
