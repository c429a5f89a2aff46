import { z } from 'zod';
import { isHttpAddress } from './http-address.ts';

/** What is done with what is said. */
export const talkTask = z.enum([
  'converse',
  'transcribe',
  'translate',
  'describe',
  'paralinguistic',
  'question',
]);
export type TalkTask = z.infer<typeof talkTask>;

const permission = z.enum(['ask', 'always', 'never']);
const httpAddress = z.string().max(2000).refine(isHttpAddress, 'not an http address');

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
  /** Tells listeners that a machine speaks: a short tone before each answer, or a noise that programs can find. */
  voiceMark: z.enum(['off', 'tone', 'hidden']).default('off'),
  modelId: z.string().default('starter'),
  /** Models that only name intents converse, whatever is set. */
  task: talkTask.default('converse'),
  /** English name of the language that `translate` gives. */
  translateTo: z.string().trim().min(1).max(40).default('English'),
  speech: z
    .object({
      /** How a model speaks that makes its sound slower than it is heard. */
      slowModel: z.enum(['automatic', 'light-voice', 'buffered']).default('automatic'),
    })
    .prefault({}),
  /** Which machine answers: this one with `modelId`, or the one under `remote`. */
  engine: z.object({ kind: z.enum(['local', 'remote']).default('local') }).prefault({}),
  /** Its key is kept apart (assistant/settings/secret-store.ts) and never told to an interface. */
  remote: z
    .object({
      /** Of a server with OpenAI-compatible chat, for example http://gpu-box.lan:8000 */
      url: z.string().trim().max(500).default(''),
      /** The name under which it serves the model. */
      model: z.string().trim().max(200).default(''),
      /** Whether that model thinks before it answers. */
      thinks: z.boolean().default(false),
      /** Send without encryption to an address outside of private networks. */
      allowPlainHttp: z.boolean().default(false),
      /** The installed package that makes its speech tokens audible here; empty = any that can. */
      voiceModelId: z.string().trim().max(200).default(''),
    })
    .prefault({}),
  provider: z.enum(['auto', 'cuda', 'webgpu', 'dml', 'coreml', 'cpu']).default('auto'),
  /** 0 = keep the model loaded. */
  idleUnloadMinutes: z.number().int().min(0).default(0),
  keepHistory: z.boolean().default(true),
  keepAudio: z.enum(['both', 'mine', 'reply', 'none']).default('both'),
  hearTags: z.boolean().default(true),
  /** Let how the person sounds shape the answers. */
  answerByTone: z.boolean().default(true),
  weather: z.object({ enabled: z.boolean().default(false), homeCity: z.string().default('') }).prefault({}),
  webSearch: z
    .object({
      enabled: z.boolean().default(false),
      provider: z.enum(['searxng', 'brave']).default('searxng'),
      /** SearXNG base address, for example http://localhost:8888 */
      address: z.string().default(''),
      key: z.string().default(''),
      /** Open the pages that were found, for an answer in their words. */
      readPages: z.boolean().default(true),
    })
    .prefault({}),
  /** Folders whose files may be searched. */
  knowledge: z.object({ folders: z.array(z.string().max(2000)).max(20).default([]) }).prefault({}),
  /** Per tool: switched off by name. */
  disabledTools: z.array(z.string()).default([]),
  openPermission: permission.default('ask'),
  models: z
    .object({
      /** Where downloaded and converted models are kept; empty = in the data folder. */
      folder: z.string().max(2000).default(''),
      /** `auto` = the own address where there is one, then the others in turn. */
      mirror: z.enum(['auto', 'hugging-face', 'modelscope', 'own']).default('auto'),
      /** A server that lays out repositories as Hugging Face does, or as plain folders. */
      ownUrl: z.union([z.literal(''), httpAddress]).default(''),
      /** Access token; only ever sent to Hugging Face, or to the own address where that one is chosen. */
      token: z
        .string()
        .max(500)
        .regex(/^[!-~]*$/)
        .default(''),
      /** Repositories and addresses that the person added to the catalogue. */
      own: z.array(z.string().max(2000)).max(50).default([]),
    })
    .prefault({}),
  network: z
    .object({
      /** Address of an HTTP proxy; empty = what the environment says, `none` = no proxy. */
      proxy: z.union([z.literal(''), z.literal('none'), httpAddress]).default(''),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof settings>;

export type SettingsPatch = Partial<Settings>;

/** Every one may be left out, but then its default stands in for it. */
const withDefaults = settings.partial();

/**
 * A change to some settings; nested groups are replaced whole. Only what was given comes out: a default that stood in
 * for what was left out would undo what the person chose before.
 */
export const settingsPatch = z
  .custom<z.input<typeof withDefaults>>((given) => typeof given === 'object' && given !== null)
  .transform((given, context): SettingsPatch => {
    const parsed = withDefaults.safeParse(given);
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues) {
        context.addIssue({ code: 'custom', path: [...path], message });
      }
      return z.NEVER;
    }
    const names = Object.keys(given) as (keyof Settings)[];
    return Object.fromEntries(
      names.filter((name) => name in settings.shape).map((name) => [name, parsed.data[name]]),
    );
  });
