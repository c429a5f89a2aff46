import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Download } from '../../../contract/model-library.ts';
import { settings } from '../../../contract/settings.ts';
import { HttpClient } from '../../../assistant/models/download/http-client.ts';
import { ModelDownload, type DownloadWorld } from '../../../assistant/models/download/model-download.ts';
import type { Offer } from '../../../assistant/models/download/offer.ts';
import { Connections } from '../../../assistant/models/download/proxy.ts';
import { temporaryFolder } from '../running-assistant.ts';
import { HostileServer, noise } from './hostile-server.ts';

export const WEIGHTS = 'model-00001-of-00001.safetensors';

export function checkpoint(): Record<string, Buffer> {
  return {
    'config.json': Buffer.from('{"model_type": "step_audio_2"}'),
    'model.safetensors.index.json': Buffer.from(JSON.stringify({ weight_map: { 'a.weight': WEIGHTS } })),
    'token2wav/flow.yaml': Buffer.from('flow: {}\n'),
    'token2wav/flow.pt': noise(40_000, 7),
    [WEIGHTS]: noise(300_000),
  };
}

export const offer: Offer = {
  id: 'model',
  name: 'Model',
  description: '',
  official: false,
  origin: 'maker/model',
  revision: '',
  licence: '',
  languages: [],
  bytes: 0,
  knownFiles: [],
};

/** One download from hostile servers into a folder of its own, without waiting longer than a test may. */
export class DownloadStage {
  readonly parent = temporaryFolder();
  readonly told: Download[] = [];
  readonly server: HostileServer;
  /** A second hub, ModelScope's way. */
  readonly other: HostileServer;
  readonly connections: Connections;
  readonly pauses: number[] = [];
  settings = settings.parse({}).models;
  proxy = '';
  freeBytes = 1e12;
  offer = offer;

  private constructor(server: HostileServer, other: HostileServer) {
    this.server = server;
    this.other = other;
    this.connections = new Connections(() => this.proxy);
  }

  static async open(): Promise<DownloadStage> {
    const stage = new DownloadStage(
      await HostileServer.start(checkpoint()),
      await HostileServer.start(checkpoint()),
    );
    stage.settings = { ...stage.settings, mirror: 'hugging-face' };
    return stage;
  }

  /** As after a start of the program: nothing is remembered but what lies on the disk. */
  download(world: Partial<DownloadWorld> = {}): ModelDownload {
    const usual: DownloadWorld = {
      client: new HttpClient({ connections: () => this.connections.get(), stallMs: 150 }),
      connections: 4,
      rangeBytes: 64 * 1024,
      patience: {
        attempts: 4,
        progressBytes: 1,
        firstDelayMs: 1,
        longestDelayMs: 4,
        longestRetryAfterMs: 60_000,
      },
      random: () => 0.5,
      pause: async (milliseconds, signal) => {
        this.pauses.push(milliseconds);
        await wait(Math.min(milliseconds, 5), undefined, { signal });
      },
      hubs: { huggingFace: this.server.base, modelScope: this.other.base },
      settings: () => this.settings,
      now: Date.now,
      freeBytes: async () => this.freeBytes,
      ...world,
    };
    return new ModelDownload(this.offer, this.parent, usual, (news) => this.told.push(news));
  }

  /** Waits for a silent server longer than a test lasts. */
  patientClient(): HttpClient {
    return new HttpClient({ connections: () => this.connections.get(), stallMs: 60_000 });
  }

  async fetch(world: Partial<DownloadWorld> = {}): Promise<Download> {
    const download = this.download(world);
    await download.start();
    return download.status();
  }

  get folder(): string {
    return join(this.parent, this.offer.id);
  }

  get partial(): string {
    return `${this.folder}.partial`;
  }

  /** What the complete folder holds, without the plan. */
  result(): Record<string, Buffer> {
    return filesIn(this.folder);
  }

  get isComplete(): boolean {
    return existsSync(this.folder);
  }

  async close(): Promise<void> {
    this.connections.close();
    await this.server.stop();
    await this.other.stop();
    rmSync(this.parent, { recursive: true, force: true });
  }
}

function filesIn(folder: string): Record<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'sotto-download.json')
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    names.map((name) => [name.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(name)]),
  );
}
