import { z } from 'zod';

/** How a converted package stores the language model; the parts around it follow (docs/models.md). */
export const modelPrecision = z.enum(['float32', 'float16', 'int4']);
export type ModelPrecision = z.infer<typeof modelPrecision>;

/** Why a precision was chosen; words for each are in the interface and in the command line. */
export const precisionReason = z.enum([
  /** It was asked for. */
  'asked-for',
  /** The model is so small that nothing is gained by shrinking it. */
  'small-model',
  /** A graphics provider, and enough memory for half precision. */
  'graphics-memory-suffices',
  /** A graphics provider, but half precision would not fit. */
  'graphics-memory-short',
  /** The processor reads every weight for every token: fewer bytes are faster. */
  'processor-reads-every-weight',
  /** Not even the smallest form fits in this machine's memory; it is converted all the same. */
  'nothing-fits',
]);
export type PrecisionReason = z.infer<typeof precisionReason>;

export const precisionChoice = z.object({
  precision: modelPrecision,
  reason: precisionReason,
  /** Bytes that the model takes in memory at this precision, about. */
  neededMemoryBytes: z.number(),
  totalMemoryBytes: z.number(),
});
export type PrecisionChoice = z.infer<typeof precisionChoice>;

export const conversionRequest = z.object({
  /** In the official layout: config.json, tokenizer, safetensors, token2wav. It is only read. */
  checkpointFolder: z.string(),
  /** The new package. Absent or empty, or an earlier package, which is replaced when the new one is ready. */
  outputFolder: z.string(),
  precision: z.union([modelPrecision, z.literal('auto')]),
  /** The execution provider that will run it, for `auto`. Default: the processor. */
  provider: z.enum(['auto', 'cuda', 'webgpu', 'dml', 'coreml', 'cpu']).optional(),
  /** Only what makes speech tokens audible, for replies of another machine. Safetensors need not be there. */
  voiceOnly: z.boolean().optional(),
  /** What the package is called; read from the folder's name where absent. */
  identity: z
    .object({
      id: z.string(),
      name: z.string(),
      description: z.string(),
      version: z.string(),
      licence: z.string(),
    })
    .partial()
    .optional(),
});
export type ConversionRequest = z.infer<typeof conversionRequest>;

/** In this order; a conversion that goes on where it stopped skips what is done. */
export const conversionStage = z.enum(['resume', 'weights', 'copy', 'check', 'finish']);
export type ConversionStage = z.infer<typeof conversionStage>;

export const conversionEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('plan'),
    choice: precisionChoice,
    /** Of the finished package. */
    packageBytes: z.number(),
    /** Of an earlier, interrupted run, that need not be written again. */
    finishedBytes: z.number(),
    freeBytes: z.number(),
  }),
  z.object({
    type: z.literal('progress'),
    stage: conversionStage,
    /** Bytes read and written over the whole conversion. */
    doneBytes: z.number(),
    totalBytes: z.number(),
    /** Absent until it can be told. */
    secondsLeft: z.number().optional(),
    /** The tensor or file being worked on. */
    item: z.string(),
  }),
  z.object({
    type: z.literal('done'),
    packageFolder: z.string(),
    modelId: z.string(),
    precision: modelPrecision,
    packageBytes: z.number(),
    seconds: z.number(),
  }),
]);
export type ConversionEvent = z.infer<typeof conversionEvent>;

/** One thing that was verified about a package. */
export const verificationFinding = z.object({
  kind: z.enum(['file', 'weights', 'matrix', 'graph']),
  /** A path, a tensor or a graph. */
  subject: z.string(),
  good: z.boolean(),
  /** Largest error relative to the largest value, and how much is allowed; absent for files. */
  error: z.number().optional(),
  tolerance: z.number().optional(),
  /** Why it is not good, or why it was left out. */
  reason: z.string().optional(),
});
export type VerificationFinding = z.infer<typeof verificationFinding>;

export const verificationEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('progress'),
    stage: z.enum(['files', 'check']),
    doneBytes: z.number(),
    totalBytes: z.number(),
    secondsLeft: z.number().optional(),
    item: z.string(),
  }),
  z.object({ type: z.literal('finding'), finding: verificationFinding }),
  z.object({ type: z.literal('done'), good: z.boolean(), findings: z.number(), seconds: z.number() }),
]);
export type VerificationEvent = z.infer<typeof verificationEvent>;
