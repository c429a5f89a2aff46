import type { Assistant } from '../../contract/assistant-contract.ts';
import type { KnowledgeStatus } from '../../contract/knowledge.ts';

/** The folders of files that may be searched. */
export class KnowledgeState {
  status = $state.raw<KnowledgeStatus>({ folders: [] });
  private readonly assistant: () => Assistant;
  private readonly onFailure: (error: unknown) => void;

  constructor(assistant: () => Assistant, onFailure: (error: unknown) => void) {
    this.assistant = assistant;
    this.onFailure = onFailure;
  }

  show(status: KnowledgeStatus): void {
    this.status = status;
  }

  read(): Promise<boolean> {
    return this.ask(async (assistant, signal) => this.show(await assistant.getKnowledge({}, signal)));
  }

  /** True when it was taken. */
  add(path: string): Promise<boolean> {
    return this.ask(async (assistant, signal) => {
      await assistant.addKnowledgeFolder({ path }, signal);
      this.show(await assistant.getKnowledge({}, signal));
    });
  }

  remove(path: string): Promise<boolean> {
    return this.ask(async (assistant, signal) => {
      await assistant.removeKnowledgeFolder({ path }, signal);
      this.show(await assistant.getKnowledge({}, signal));
    });
  }

  private async ask(work: (assistant: Assistant, signal: AbortSignal) => Promise<unknown>): Promise<boolean> {
    try {
      await work(this.assistant(), new AbortController().signal);
      return true;
    } catch (error) {
      this.onFailure(error);
      return false;
    }
  }
}
