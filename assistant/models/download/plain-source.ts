import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { HttpClient } from './http-client.ts';
import { listedFile, type ListedFile } from './listed-file.ts';
import { probeFile, requireFile } from './probe-file.ts';
import { readJson } from './read-json.ts';
import type { Listing, Source } from './source.ts';
import { badAnswer, SourceProblem } from './source-problem.ts';

const packageAnswer = z.object({
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })).min(1),
});
const indexAnswer = z.object({ weight_map: z.record(z.string(), z.string()) });
const INDEX = 'model.safetensors.index.json';
const tokenizerFiles = [
  'tokenizer.json',
  'tokenizer_config.json',
  'vocab.json',
  'merges.txt',
  'added_tokens.json',
  'special_tokens_map.json',
  'generation_config.json',
];
const speechFiles = ['flow.yaml', 'flow.pt', 'hift.pt', 'campplus.onnx', 'speech_tokenizer_v2_25hz.onnx'].map(
  (name) => `token2wav/${name}`,
);

/**
 * A plain folder on a web server, which cannot say what it holds: a package tells it in `model.json`; of a checkpoint
 * the index names the weights and the other names are known.
 */
export class PlainSource implements Source {
  readonly host: string;
  readonly token: string | undefined;
  private readonly client: HttpClient;
  private readonly base: URL;

  constructor(client: HttpClient, address: string, token: string | undefined) {
    this.client = client;
    this.token = token;
    this.base = new URL(address.endsWith('/') ? address : `${address}/`);
    this.host = this.base.host;
  }

  async list(signal: AbortSignal): Promise<Listing> {
    const files = (await this.packageFiles(signal)) ?? (await this.checkpointFiles(signal));
    return { revision: '', files };
  }

  addressOf(path: string): URL {
    const address = new URL(path.split('/').map(encodeURIComponent).join('/'), this.base);
    address.search = this.base.search;
    return address;
  }

  private async packageFiles(signal: AbortSignal): Promise<ListedFile[] | undefined> {
    const manifest = await this.json('model.json', signal);
    if (!manifest) return undefined;
    const parsed = packageAnswer.safeParse(manifest.value);
    if (!parsed.success) throw badAnswer(this.host, 'model.json was not understood', false);
    return [
      manifest.file,
      ...parsed.data.files.map(({ path, bytes, sha256 }) => {
        const file = listedFile.safeParse({ path, bytes, sum: { algorithm: 'sha256', value: sha256 } });
        if (!file.success) throw badAnswer(this.host, 'a file with an impossible name or size', false);
        return file.data;
      }),
    ];
  }

  private async checkpointFiles(signal: AbortSignal): Promise<ListedFile[]> {
    const config = requireFile((await this.json('config.json', signal))?.file, this.host, 'config.json');
    const index = await this.json(INDEX, signal);
    const parsed = index && indexAnswer.safeParse(index.value);
    if (parsed?.success === false) throw badAnswer(this.host, `${INDEX} was not understood`, false);
    const weights = [...new Set(parsed ? Object.values(parsed.data.weight_map) : ['model.safetensors'])];
    const files = [config, ...(index ? [index.file] : [])];
    for (const path of [...weights, ...tokenizerFiles, ...speechFiles]) {
      const named = listedFile.shape.path.safeParse(path);
      if (!named.success) throw badAnswer(this.host, 'a file with an impossible name', false);
      const file = await probeFile(this.client, this.addressOf(path), path, this.token, signal);
      if (file) files.push(file);
      else if (weights.includes(path)) requireFile(file, this.host, path);
    }
    return files;
  }

  /** A small file with what it holds; undefined where there is none. */
  private async json(
    path: string,
    signal: AbortSignal,
  ): Promise<{ value: unknown; file: ListedFile } | undefined> {
    try {
      const question = { address: this.addressOf(path), token: this.token };
      const { value, text } = await readJson(this.client, question, path, signal);
      const sum = { algorithm: 'sha256' as const, value: createHash('sha256').update(text).digest('hex') };
      return { value, file: { path, bytes: text.length, sum } };
    } catch (error) {
      if (error instanceof SourceProblem && error.code === 'download-not-found') return undefined;
      throw error;
    }
  }
}
