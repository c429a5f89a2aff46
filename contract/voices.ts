import { z } from 'zod';

const id = z.string().min(1).max(200);
const words = (most: number) => z.string().trim().max(most);

/** What a person or a data set says of a recording. Empty = nobody knows. */
export const clipDescription = z.object({
  name: words(120),
  /** What is said in it. */
  transcript: words(2000),
  gender: z.enum(['female', 'male', 'neutral', '']),
  /** For example "elderly" or "30s". */
  age: words(60),
  style: words(200),
  emotion: words(60),
  /** BCP 47 or a name. */
  language: words(60),
  tags: z.array(words(40)).max(20),
});
export type ClipDescription = z.infer<typeof clipDescription>;

/** What the person changes of a recording; what is not named stays. */
export const clipChange = clipDescription
  .extend({
    name: words(120).min(1),
    tags: z.array(words(40).min(1)).max(20),
    source: words(500),
    licence: words(200),
    favourite: z.boolean(),
  })
  .partial();
export type ClipChange = z.infer<typeof clipChange>;

/** One recording of the voice library. */
export const clip = clipDescription.extend({
  id,
  seconds: z.number(),
  /** Where it came from, and what it may be used for, in the person's words. */
  source: z.string(),
  licence: z.string(),
  /** Recorded here by the person. */
  recordedHere: z.boolean(),
  favourite: z.boolean(),
  addedAt: z.number(),
  /** Measured. */
  pitchHz: z.number().optional(),
  syllablesPerSecond: z.number(),
  /** What of the search it fits, for example ["elderly", "male", "slow"]. */
  matched: z.array(z.string()),
  /** How near it sounds to the one that was compared with, 0..1. */
  similarity: z.number().optional(),
});
export type Clip = z.infer<typeof clip>;

export const clipSearch = z.object({
  query: z.string().max(500).default(''),
  /** A clip whose sound the others are compared with. */
  similarTo: id.optional(),
  favouritesOnly: z.boolean().default(false),
  offset: z.number().int().min(0).max(10_000).default(0),
  limit: z.number().int().min(1).max(200).default(50),
});
export type ClipSearch = z.infer<typeof clipSearch>;

export const clipPage = z.object({
  clips: z.array(clip),
  hasMore: z.boolean(),
  /** Of the whole library. */
  total: z.number(),
});
export type ClipPage = z.infer<typeof clipPage>;

export const recordingQuality = z.object({
  seconds: z.number(),
  speechSeconds: z.number(),
  speechDecibels: z.number(),
  noiseDistanceDecibels: z.number(),
  clippedShare: z.number(),
  problems: z.array(z.enum(['too-short', 'too-long', 'too-quiet', 'clipped', 'noisy'])),
});
export type RecordingQuality = z.infer<typeof recordingQuality>;

/** Without the person's word that the voice may be used, nothing is taken in. */
const consent = z.literal(true);

export const clipImport = z.object({
  /** A WAV file, a folder, a manifest (.csv, .tsv, .jsonl) or a voice pack (.zip) on this machine. */
  path: z.string().trim().min(1).max(4000),
  consent,
  source: words(500).default(''),
  licence: words(200).default(''),
});
export type ClipImport = z.infer<typeof clipImport>;

/** Why one of many was left out. */
export const importProblem = z.object({ path: z.string(), code: z.string() });

export const importProgress = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('progress'),
    done: z.number(),
    /** 0 while it is being counted. */
    total: z.number(),
    path: z.string(),
  }),
  z.object({
    type: z.literal('end'),
    batchId: id,
    added: z.number(),
    /** Were there already. */
    known: z.number(),
    left: z.number(),
    /** The first of those that were left out. */
    problems: z.array(importProblem),
    outcome: z.enum(['completed', 'cancelled']),
  }),
]);
export type ImportProgress = z.infer<typeof importProgress>;

/** One import, which can be taken back as a whole. */
export const importBatch = z.object({
  id,
  label: z.string(),
  addedAt: z.number(),
  clips: z.number(),
});
export type ImportBatch = z.infer<typeof importBatch>;

export const recordedClip = z.object({
  /** Mono in [-1, 1]. */
  samples: z.instanceof(Float32Array),
  sampleRate: z.number().min(8000).max(192_000),
});

export const clipToKeep = recordedClip.extend({
  consent,
  name: words(120).min(1),
  transcript: words(2000).default(''),
});

export const packProgress = z.object({
  done: z.number(),
  total: z.number(),
  /** Set at the end: where the pack is. */
  path: z.string().optional(),
});
export type PackProgress = z.infer<typeof packProgress>;
