import { z } from 'zod';

const permission = z.enum(['ask', 'always', 'never']);

/** The one settings schema, with defaults. An empty object parses to a complete, working set. */
export const settings = z.object({
  language: z.enum(['system', 'en', 'zh-CN']).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Device ids of the browser's media devices; empty = the system's choice. */
  microphoneId: z.string().default(''),
  speakerId: z.string().default(''),
  /** Electron accelerator notation. */
  hotkey: z.string().default('Control+Alt+Space'),
  hotkeyMode: z.enum(['auto', 'hold', 'toggle']).default('auto'),
  startAtLogin: z.boolean().default(false),
  cues: z.boolean().default(true),
  notifications: z.boolean().default(true),
  voiceId: z.string().default('flite-slt'),
  /** 1 = as recorded; 0.5..2 */
  speakingRate: z.number().min(0.5).max(2).default(1),
  /** Semitones, -12..12 */
  pitchSemitones: z.number().min(-12).max(12).default(0),
  /** 0..1, applied to the reply's samples. */
  volume: z.number().min(0).max(1).default(0.8),
  modelId: z.string().default('starter'),
  provider: z.enum(['auto', 'cuda', 'webgpu', 'dml', 'coreml', 'cpu']).default('auto'),
  /** 0 = keep the model loaded. */
  idleUnloadMinutes: z.number().int().min(0).default(0),
  keepHistory: z.boolean().default(true),
  keepAudio: z.enum(['both', 'mine', 'reply', 'none']).default('both'),
  hearTags: z.boolean().default(true),
  weather: z.object({ enabled: z.boolean().default(false), homeCity: z.string().default('') }).prefault({}),
  webSearch: z
    .object({
      enabled: z.boolean().default(false),
      provider: z.enum(['searxng', 'brave']).default('searxng'),
      /** SearXNG base address, for example http://localhost:8888 */
      address: z.string().default(''),
      key: z.string().default(''),
    })
    .prefault({}),
  /** Per tool: switched off by name. */
  disabledTools: z.array(z.string()).default([]),
  openPermission: permission.default('ask'),
});
export type Settings = z.infer<typeof settings>;

/** A change to some settings; nested groups are replaced whole. */
export const settingsPatch = settings.partial();
export type SettingsPatch = Partial<Settings>;
