import type { Package } from '../../schema/package.ts';

/** The part of a grant that says which renditions may be seen. */
export type Terms = {
  maxHeight: number | null;
  audio: readonly string[] | null;
  subtitles: readonly string[] | null;
};

export type Selection = Pick<Package, 'video' | 'audio' | 'subtitles' | 'trick'>;

/**
 * What of a package a grant allows, or null where that is nothing that can be watched: no rung is low enough, or the
 * package has sound and no track of it is licensed. Showing a rung above the cap, or a film without its sound, would
 * break the contract or the film, so neither is done. Subtitles may well be none.
 */
export function select(pkg: Package, terms: Terms): Selection | null {
  const allowed = <R extends Size>(rungs: readonly R[]) =>
    rungs.filter((rung) => terms.maxHeight === null || lines(rung) <= terms.maxHeight);
  const video = allowed(pkg.video);
  const audio = oneDefault(pkg.audio.filter((track) => licensed(track.language, terms.audio)));
  const subtitles = pkg.subtitles.filter((track) => licensed(track.language, terms.subtitles));
  if (video.length === 0 || (audio.length === 0 && pkg.audio.length > 0)) return null;
  return { video, audio, subtitles, trick: allowed(pkg.trick) };
}

/** What "720p" counts: the shorter side, so that a portrait picture is capped by its width. */
type Size = { width: number; height: number };
const lines = ({ width, height }: Size) => Math.min(width, height);

/** RFC 4647 §3.3.1 basic filtering: a licence for `pt` covers `pt-BR`. A track that names no language needs an open licence. */
export const licensed = (language: string, ranges: readonly string[] | null): boolean =>
  ranges === null ||
  ranges.some((range) => `${language}-`.toLowerCase().startsWith(`${range}-`.toLowerCase()));

/** Where the default dub is not licensed, the first licensed one takes its place, rather than a commentary: something has to sound. */
function oneDefault(tracks: Package['audio']): Package['audio'] {
  if (tracks.some((track) => track.default)) return tracks;
  const first = tracks.find(({ role }) => role === 'main' || role === 'dub') ?? tracks[0];
  return tracks.map((track) => ({ ...track, default: track === first }));
}
