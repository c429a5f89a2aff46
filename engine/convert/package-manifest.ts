import { z } from 'zod';
import { modelPrecision } from '../../contract/model-conversion.ts';
import { UserError } from '../../contract/user-errors.ts';

const MANIFEST_FORMAT = 1;
export const MANIFEST_FILE = 'model.json';

/** What a model's author states; the rest of the manifest is read from the files. */
const packageFacts = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  name: z.string().min(1),
  description: z.string(),
  version: z.string(),
  licence: z.string(),
  languages: z.array(z.string()),
  speaks: z.enum(['token2wav', 'light-voice']),
  /** False: the model names an intent and the assistant words the reply. */
  wordsReplies: z.boolean(),
});
export type PackageFacts = z.infer<typeof packageFacts>;

const count = z.number().int().positive();

/** Graphs by the name of what they compute; each is a file of the package. */
const parts = z.object({
  audioEncoder: z.string(),
  audioAdaptor: z.string(),
  speechDecoder: z.string(),
  tokenizer: z.string(),
  config: z.string(),
  /** The checkpoint, whose embedding table is read row by row. */
  weights: z.string(),
});
export type PackagePart = keyof z.infer<typeof parts>;

/** Of models that speak by themselves: from speech tokens to sound, and from a recording to a voice. */
const speech = z.object({
  flowConfig: z.string(),
  flowEncoder: z.string(),
  flowEstimator: z.string(),
  speakerProjection: z.string(),
  pitchPredictor: z.string(),
  vocoder: z.string(),
  vocoderWeights: z.string(),
  speechTokenizer: z.string(),
  speakerModel: z.string(),
});

/** What the converter found when it compared the package with the checkpoint. Errors are relative. */
const verified = z.object({
  tensors: count,
  matrices: count,
  /** Of all products and values. */
  largestError: z.number(),
  /** By graph: how large its results were for the same made-up inputs, and how far from those in float32. */
  graphs: z.record(z.string(), z.object({ size: z.number(), error: z.number().optional() })),
});
export type Verified = z.infer<typeof verified>;

const packageFile = z.object({
  /** Below the package's folder, with forward slashes. */
  path: z.string().refine(isPlainRelativePath, 'not a path inside the package'),
  bytes: z.number().int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type PackageFile = z.infer<typeof packageFile>;

/** How to tell whether a package is whole. */
const wholeness = {
  format: z.literal(MANIFEST_FORMAT),
  family: z.literal('step-audio-2'),
  /** Of packages that were converted from another folder. */
  precision: modelPrecision.optional(),
  verified: verified.optional(),
  files: z.array(packageFile).min(1),
};

/** model.json: what a package is and what it holds. */
const packageManifest = packageFacts
  .extend({
    ...wholeness,
    dimensions: z.object({
      melBands: count,
      encoderState: count,
      encoderLayers: count,
      decoderHidden: count,
      decoderLayers: count,
      vocabulary: count,
      context: count,
    }),
    /** Token strings to ids, as the tokenizer has them. */
    specialTokens: z.record(z.string(), z.number().int().min(0)),
    parts,
    speech: speech.optional(),
  })
  .superRefine((manifest, context) => {
    for (const issue of unlisted(manifest, { ...manifest.parts, ...manifest.speech }))
      context.addIssue(issue);
    if (manifest.speaks === 'token2wav' && !manifest.speech) context.addIssue('nothing to speak with');
  });
export type PackageManifest = z.infer<typeof packageManifest>;
export type NewManifest = Omit<PackageManifest, 'format' | 'family'>;

const VOICE = 'voice';
/** model.json of the speaking half alone, for what another machine replies. */
const voiceManifest = packageFacts
  .extend({ ...wholeness, holds: z.literal(VOICE), speaks: z.literal('token2wav'), speech })
  .superRefine((manifest, context) => {
    for (const issue of unlisted(manifest, manifest.speech)) context.addIssue(issue);
  });
export type VoiceManifest = z.infer<typeof voiceManifest>;
export type NewVoiceManifest = Omit<VoiceManifest, 'format' | 'family'>;

function unlisted({ files }: { files: PackageFile[] }, named: Record<string, string>): string[] {
  const listed = new Set(files.map((file) => file.path));
  const missing = Object.entries(named).filter(([, path]) => !listed.has(path));
  const twice = listed.size === files.length ? [] : ['a file is listed twice'];
  return [...twice, ...missing.map(([part]) => `${part} is not among the files`)];
}

/** Relative, without `.` or `..` steps, drive letters or backslashes. */
export function isPlainRelativePath(path: string): boolean {
  return (
    path !== '' &&
    !/[\\:\0]/.test(path) &&
    path.split('/').every((step) => step !== '' && step !== '.' && step !== '..')
  );
}

/** Of a model. @throws UserError model-damaged, model-incompatible, or model-voice-only */
export function parseManifest(text: string, file: string): PackageManifest {
  const manifest = parseAnyManifest(text, file);
  if ('holds' in manifest) throw new UserError('model-voice-only', { file, model: manifest.name });
  return manifest;
}

/** @throws UserError model-damaged or model-incompatible */
export function parseAnyManifest(text: string, file: string): PackageManifest | VoiceManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError('model-damaged', { file, reason: 'not JSON' }, { cause });
  }
  const { format, holds } = (value ?? {}) as { format?: unknown; holds?: unknown };
  if (typeof format === 'number' && format !== MANIFEST_FORMAT) {
    throw new UserError('model-incompatible', { file, reason: `package format ${format}` });
  }
  const parsed = holds === VOICE ? voiceManifest.safeParse(value) : packageManifest.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const reason = `${issue.path.join('.')}: ${issue.message}`;
  throw new UserError('model-damaged', { file, reason }, { cause: parsed.error });
}

export function manifestText(manifest: NewManifest | NewVoiceManifest): string {
  return `${JSON.stringify({ format: MANIFEST_FORMAT, family: 'step-audio-2', ...manifest }, null, 2)}\n`;
}
