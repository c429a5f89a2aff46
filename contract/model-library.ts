import { z } from 'zod';
import { conversionEvent, modelPrecision, precisionChoice } from './model-conversion.ts';
import { failure } from './turn-events.ts';

/** Where a download stands. Whatever is not `complete` can be begun or gone on with. */
export const downloadState = z.enum([
  'absent',
  /** Asking the server which files there are. */
  'listing',
  'running',
  /** Everything has come; the last sums are being compared. */
  'checking',
  'paused',
  'failed',
  'complete',
]);
export type DownloadState = z.infer<typeof downloadState>;

export const download = z.object({
  state: downloadState,
  receivedBytes: z.number(),
  /** 0 until the server has told it. */
  totalBytes: z.number(),
  /** Over the last seconds; absent while nothing flows. */
  bytesPerSecond: z.number().optional(),
  secondsLeft: z.number().optional(),
  /** The host that the files come from. */
  host: z.string().optional(),
  failure: failure.optional(),
});
export type Download = z.infer<typeof download>;

export const conversion = z.object({
  state: z.enum(['running', 'paused', 'failed', 'complete']),
  checkpointFolder: z.string(),
  outputFolder: z.string(),
  precision: z.union([modelPrecision, z.literal('auto')]),
  /** Of its voice alone. */
  voiceOnly: z.boolean().optional(),
  choice: precisionChoice.optional(),
  packageBytes: z.number().optional(),
  progress: conversionEvent.options[1].omit({ type: true }).optional(),
  /** The package that came of it. */
  modelId: z.string().optional(),
  failure: failure.optional(),
});
export type Conversion = z.infer<typeof conversion>;

/** What a model needs at one precision; computed from its sizes, not measured. */
export const hardwareNeed = z.object({
  precision: modelPrecision,
  memoryBytes: z.number(),
  diskBytes: z.number(),
});
export type HardwareNeed = z.infer<typeof hardwareNeed>;

/** A model that can be fetched. */
export const modelOffer = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** In the official layout, to be converted; or a package that can be used as it is. Known after listing. */
  kind: z.enum(['checkpoint', 'package', 'unknown']),
  /** One of the checkpoints that its makers published; the others were added by the person. */
  official: z.boolean(),
  /** Only what makes the replies of another machine audible. */
  voiceOnly: z.boolean().optional(),
  /** `owner/name`, or an address. */
  origin: z.string(),
  /** A commit; empty: what the server calls its newest, held fast once a download has begun. */
  revision: z.string(),
  licence: z.string(),
  languages: z.array(z.string()),
  /** 0: the server will tell. */
  bytes: z.number(),
  /** Whose word it is that the files are the right ones. */
  sums: z.enum(['ours', 'ours-and-server', 'server']),
  needs: z.array(hardwareNeed),
  download,
  conversion: conversion.optional(),
  /** Where the complete files lie. */
  folder: z.string().optional(),
  /** Installed packages that were made from it. */
  modelIds: z.array(z.string()),
});
export type ModelOffer = z.infer<typeof modelOffer>;

export const modelLibrary = z.object({
  offers: z.array(modelOffer),
  /** Conversions of folders that the person named. */
  conversions: z.array(conversion),
  /** Where models are kept, and whether they can be. */
  folder: z.object({ path: z.string(), freeBytes: z.number().optional(), failure: failure.optional() }),
  /** Models that came with Sotto and stay. */
  builtInModelIds: z.array(z.string()),
});
export type ModelLibrary = z.infer<typeof modelLibrary>;
