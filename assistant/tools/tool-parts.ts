import { join } from 'node:path';
import type { AppEvent } from '../../contract/app-events.ts';
import type { Engine } from '../../contract/engine-contract.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { Knowledge } from '../knowledge/knowledge.ts';
import { modelJudge } from '../retrieval/model-judge.ts';
import { pageProxy } from '../web-search/page-proxy.ts';
import { PageFetcher, type PageWorld } from '../web-search/page-fetcher.ts';
import { allTools } from './all-tools.ts';
import { ServerStore } from './mcp/server-store.ts';
import { starterSays } from './mcp/starter-says.ts';
import { ToolServers } from './mcp/tool-servers.ts';
import { ToolRegistry } from './tool-registry.ts';

export interface ToolPartsOptions {
  readonly dataFolder: string;
  readonly version: string;
  readonly settings: SettingsStore;
  readonly engine: Engine;
  readonly wordsReplies: () => boolean;
  readonly publish: (event: AppEvent) => void;
  readonly now: () => number;
  readonly report: (where: string, error: unknown) => void;
  readonly pages?: Partial<PageWorld> | undefined;
  /** Where packages of models are. */
  readonly modelsFolders: () => readonly string[];
}

/** What the tools need that reaches beyond Sotto: pages of the web, the person's files, servers of tools. */
export class ToolParts {
  readonly knowledge: Knowledge;
  readonly servers: ToolServers;
  readonly registry: ToolRegistry;
  readonly pages: PageFetcher;
  readonly #options: ToolPartsOptions;
  readonly #judge;

  constructor(options: ToolPartsOptions) {
    const { dataFolder, settings, engine, publish, now, version, report } = options;
    this.#options = options;
    this.#judge = modelJudge(engine, () => settings.get().voiceId);
    const proxy = pageProxy(() => settings.get().network.proxy);
    this.pages = new PageFetcher({ proxy, ...options.pages });
    this.knowledge = new Knowledge({
      databaseFile: join(dataFolder, 'knowledge.db'),
      folders: () => settings.get().knowledge.folders,
      setFolders: (folders) => void settings.update({ knowledge: { folders } }),
      onChange: (status) => publish({ type: 'knowledge', status }),
      report: (error) => report('knowledge', error),
    });
    this.servers = new ToolServers({
      store: new ServerStore(join(dataFolder, 'tool-servers.json'), now),
      version,
      onChange: () => publish({ type: 'tool-servers-changed' }),
      saidAlready: starterSays(options.modelsFolders),
    });
    this.registry = new ToolRegistry(allTools, () => this.servers.tools());
  }

  /** Puts passages in order; undefined while the model cannot. */
  get judge() {
    return this.#options.wordsReplies() ? this.#judge : undefined;
  }

  async close(): Promise<void> {
    this.pages.close();
    await Promise.all([this.servers.close(), this.knowledge.close()]);
  }
}
