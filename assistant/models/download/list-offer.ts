import type { ListedFile } from './listed-file.ts';
import type { Offer } from './offer.ts';
import type { Listing, Source } from './source.ts';
import { badAnswer } from './source-problem.ts';

const OF_THE_VOICE = /^token2wav\/|^(LICEN[CS]E|NOTICE)(\.|$)/i;

/** A server's list of an offer's files, with our own knowledge put over its word. Throws SourceProblem. */
export async function listOffer(source: Source, offer: Offer, signal: AbortSignal): Promise<Listing> {
  const listing = await source.list(signal);
  const { host } = source;
  if (listing.files.length === 0) throw badAnswer(host, 'it lists no files', false);
  // Two names that differ in their case alone are one file on many disks.
  const names = new Set(listing.files.map(({ path }) => path.toLowerCase()));
  if (names.size !== listing.files.length) throw badAnswer(host, 'it lists a file twice', false);
  for (const { path } of offer.knownFiles) {
    if (!listing.files.some((file) => file.path === path)) throw badAnswer(host, `it lacks ${path}`, false);
  }
  const wanted = offer.voiceOnly ? listing.files.filter(({ path }) => OF_THE_VOICE.test(path)) : listing.files;
  if (wanted.length === 0) throw badAnswer(host, 'it lists no voice', false);
  return { ...listing, files: wanted.map((file) => checked(file, offer, host)) };
}

function checked(file: ListedFile, offer: Offer, host: string): ListedFile {
  const known = offer.knownFiles.find(({ path }) => path === file.path);
  if (!known) return file;
  const isOther =
    known.bytes !== file.bytes ||
    (known.sum && file.sum?.algorithm === known.sum.algorithm && file.sum.value !== known.sum.value);
  if (isOther) throw badAnswer(host, `its ${file.path} is not the one we know`, false);
  return known.sum ? known : file;
}
