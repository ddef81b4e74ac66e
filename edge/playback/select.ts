import type { Selection } from '../../schema/hls.ts';
import type { Package } from '../../schema/package.ts';

/** The part of a grant that says which renditions may be seen. */
export type Terms = {
  maxHeight: number | null;
  audio: readonly string[] | null;
  subtitles: readonly string[] | null;
};

/**
 * What of a package a grant allows, or null where that is nothing that can be watched: no rung is low enough, or the
 * package has sound and no track of it is licensed. Showing a rung above the cap, or a film without its sound, would
 * break the contract or the film, so neither is done. Subtitles may well be none.
 */
export function select(pkg: Package, terms: Terms): Selection | null {
  const video = pkg.video.filter((rung) => terms.maxHeight === null || lines(rung) <= terms.maxHeight);
  const audio = oneDefault(pkg.audio.filter((track) => licensed(track.language, terms.audio)));
  const subtitles = pkg.subtitles.filter((track) => licensed(track.language, terms.subtitles));
  if (video.length === 0 || (audio.length === 0 && pkg.audio.length > 0)) return null;
  return { video, audio, subtitles };
}

/** What "720p" counts: the shorter side, so that a portrait picture is capped by its width. */
const lines = ({ width, height }: { width: number; height: number }) => Math.min(width, height);

/** RFC 4647 §3.3.1 basic filtering: a licence for `pt` covers `pt-BR`. A track that names no language needs an open licence. */
export const licensed = (language: string, ranges: readonly string[] | null): boolean =>
  ranges === null ||
  ranges.some((range) => `${language}-`.toLowerCase().startsWith(`${range}-`.toLowerCase()));

/** Where the default dub is not licensed, the first licensed one takes its place: something has to sound. */
const oneDefault = (tracks: Package['audio']): Package['audio'] =>
  tracks.length === 0 || tracks.some((track) => track.default)
    ? tracks
    : [{ ...tracks[0]!, default: true }, ...tracks.slice(1)];
