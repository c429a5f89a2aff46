import type { Assistant } from '../../contract/assistant-contract.ts';
import { settings as settingsSchema, type Settings, type SettingsPatch } from '../../contract/settings.ts';

export type ToolInfo = Awaited<ReturnType<Assistant['listTools']>>[number];
export type Finding = Awaited<ReturnType<Assistant['diagnose']>>[number];

/** The settings as the assistant keeps them. A change shows at once and is taken back when it is refused. */
export class SettingsState {
  current = $state.raw<Settings>(settingsSchema.parse({}));
  tools = $state.raw<readonly ToolInfo[]>([]);
  findings = $state.raw<readonly Finding[] | undefined>();
  private pending = 0;
  private readonly assistant: () => Assistant;
  private readonly onFailure: (error: unknown) => void;

  constructor(assistant: () => Assistant, onFailure: (error: unknown) => void) {
    this.assistant = assistant;
    this.onFailure = onFailure;
  }

  /** What the assistant says; own changes still on their way are newer. */
  show(settings: Settings): void {
    if (this.pending === 0) this.current = settings;
  }

  async change(patch: SettingsPatch): Promise<void> {
    const before = this.current;
    this.current = { ...before, ...patch };
    this.pending += 1;
    try {
      const saved = await this.assistant().updateSettings(patch, new AbortController().signal);
      this.pending -= 1;
      this.show(saved);
    } catch (error) {
      this.pending -= 1;
      if (this.pending === 0) this.current = before;
      this.onFailure(error);
    }
  }

  async readTools(): Promise<void> {
    try {
      this.tools = await this.assistant().listTools({}, new AbortController().signal);
    } catch (error) {
      this.onFailure(error);
    }
  }

  async setToolEnabled(name: string, enabled: boolean): Promise<void> {
    this.tools = this.tools.map((tool) => (tool.name === name ? { ...tool, enabled } : tool));
    const others = this.current.disabledTools.filter((one) => one !== name);
    await this.change({ disabledTools: enabled ? others : [...others, name] });
    await this.readTools();
  }

  async diagnose(): Promise<void> {
    try {
      this.findings = await this.assistant().diagnose({}, new AbortController().signal);
    } catch (error) {
      this.onFailure(error);
    }
  }
}
