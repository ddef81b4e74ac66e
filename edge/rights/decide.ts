/**
 * Who may watch what, where and how well: one pure rule. No I/O, no clock, no environment.
 * No licence row, no playback (ADR 0019).
 */

export type Viewer = {
  /** ISO 3166-1 alpha-2, from the edge network, never from a client; null where the network does not know. */
  country: string | null;
  signedIn: boolean;
};

export type Subject = {
  /** Whether it has been published: an asset stands behind it. */
  published: boolean;
  /** ms UTC; null: no date keeps it back. */
  airsAt: number | null;
};

/** What `decide` reads of a row in schema/db/rights.ts. */
export type LicenceTerms = {
  id: string;
  territoryMode: 'include' | 'exclude';
  countries: readonly string[];
  /** [startsAt, endsAt), ms UTC; null: open on that side. */
  startsAt: number | null;
  endsAt: number | null;
  /** Null: any. */
  maxHeight: number | null;
  audioLanguages: readonly string[] | null;
  subtitleLanguages: readonly string[] | null;
};

export type Grant = {
  granted: true;
  /** The row that granted it, for the trace. */
  licenceId: string;
  /** Null: any. */
  maxHeight: number | null;
  audio: readonly string[] | null;
  subtitles: readonly string[] | null;
  /** ms UTC, exclusive; null: no end is known. */
  until: number | null;
};

/** Stable reasons, the same words as the problem codes they become. */
const refusalReasons = ['not-signed-in', 'not-found', 'not-in-territory', 'not-yet', 'window-ended'] as const;
export type Refusal = {
  granted: false;
  reason: (typeof refusalReasons)[number];
  /** ms UTC: the first moment at which the answer changes to a grant, if everything else stays; null: none is known. */
  retryAt: number | null;
};

const refuse = (reason: Refusal['reason'], retryAt: number | null = null): Refusal => ({
  granted: false,
  reason,
  retryAt,
});

/**
 * The one decision. Reasons in the order in which they are looked at:
 * 1. `not-signed-in`: nobody is.
 * 2. `not-found`: no such episode, or it is not published.
 * 3. `not-in-territory`: no row covers the viewer's country, which includes that there is no row at all: an unlicensed
 *    title is available nowhere, so also not here. Of two true reasons, this is the one that waiting does not mend.
 * 4. `not-yet`: a row that covers the country has still to open, or the episode has still to air.
 * 5. `window-ended`: every row that covers the country is over.
 */
export function decide(
  viewer: Viewer,
  episode: Subject | null,
  licences: readonly LicenceTerms[],
  now: number,
): Grant | Refusal {
  if (!viewer.signedIn) return refuse('not-signed-in');
  if (!episode?.published) return refuse('not-found');

  const windows = licences
    .filter((row) => covers(row, viewer.country) && starts(row) < ends(row))
    .map((row) => ({ row, opens: Math.max(starts(row), episode.airsAt ?? -Infinity), closes: ends(row) }));
  const open = windows.filter(({ opens, closes }) => opens <= now && now < closes);
  const best = open.map(({ row }) => row).sort(mostPermissiveFirst)[0];
  if (best)
    return {
      granted: true,
      licenceId: best.id,
      maxHeight: best.maxHeight,
      audio: best.audioLanguages,
      subtitles: best.subtitleLanguages,
      until: best.endsAt,
    };

  if (windows.length === 0) return refuse('not-in-territory');
  const alive = windows.filter(({ closes }) => now < closes);
  if (alive.length === 0) return refuse('window-ended');
  // A row that closes before the episode airs never opens: the episode is still to come, but no moment can be promised.
  const openings = alive.filter(({ opens, closes }) => opens < closes).map(({ opens }) => opens);
  return refuse('not-yet', openings.length > 0 ? Math.min(...openings) : null);
}

const starts = (row: LicenceTerms) => row.startsAt ?? -Infinity;
const ends = (row: LicenceTerms) => row.endsAt ?? Infinity;

/** A viewer whose country is unknown is covered by world-wide rows only: a guess could breach the contract either way. */
const covers = ({ territoryMode, countries }: LicenceTerms, country: string | null): boolean => {
  if (country === null) return territoryMode === 'exclude' && countries.length === 0;
  return countries.includes(country) === (territoryMode === 'include');
};

/**
 * The total order of rows that apply: taller picture, then more dubs, then more subtitle languages, then the later end,
 * and for rows that are equal in all of it the smaller id, so that the answer never depends on the order of the rows.
 */
const mostPermissiveFirst = (a: LicenceTerms, b: LicenceTerms): number =>
  descending(a.maxHeight ?? Infinity, b.maxHeight ?? Infinity) ||
  descending(breadth(a.audioLanguages), breadth(b.audioLanguages)) ||
  descending(breadth(a.subtitleLanguages), breadth(b.subtitleLanguages)) ||
  descending(ends(a), ends(b)) ||
  (a.id < b.id ? -1 : Number(a.id > b.id));

const breadth = (languages: readonly string[] | null) => (languages ? new Set(languages).size : Infinity);
const descending = (a: number, b: number) => (a === b ? 0 : b > a ? 1 : -1); // not b - a: Infinity - Infinity is NaN
