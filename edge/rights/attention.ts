import type { attentionKinds, EpisodesNamed } from '../../schema/api/rights-room.ts';
import { countryCodes } from '../../schema/countries.ts';
import type { Id } from '../../schema/ids.ts';
import type { BusinessModel } from '../../schema/plans.ts';
import {
  hasEpisodes,
  hasTrack,
  joined,
  partsOf,
  type EpisodesPart,
  type Parts,
  type TrackPart,
} from './parts.ts';
import { ascending, covers, ends, starts } from './rows.ts';
import type { LicenceTerms } from './terms.ts';

/** A licence, and whose it is: the same terms from two licensors are two contracts. */
export type Contract = LicenceTerms & { licensorId: string | null };
/**
 * Something in a title's licences that an editor may want to know before it happens. It is true of each country under each model for
 * each language and episode that is named, and of no other.
 * `ending`: at `from`, for good. `gap`: a licence ends at `from`, and the next begins at `until`.
 * `overlap`: two licences with different terms are open at once, from `from` (null: ever since) to `until` (null: without an end).
 */
export type Finding = {
  kind: (typeof attentionKinds)[number];
  from: number | null;
  until: number | null;
  licences: Id<'licence'>[];
  territories: { mode: 'include' | 'exclude'; countries: string[] };
  models: BusinessModel[];
  /** Null: whatever the language. */
  audio: string[] | null;
  subtitles: string[] | null;
  /** Empty: all of the title. */
  episodes: EpisodesNamed[];
};
type Happening = Pick<Finding, 'kind' | 'from' | 'until' | 'licences'>;
type Cell = { countries: string[]; model: BusinessModel; track: TrackPart; episodes: EpisodesPart };

/**
 * Gaps, overlaps and endings of a title's licences: per territory, model, language and range of episodes. Pure, and without a clock: what
 * is found stays true until a licence changes. Licences that were ended count for nothing; holdbacks are meant, so they are no gaps.
 */
export function attention(licences: readonly Contract[]): Finding[] {
  const rows = licences.filter((row) => row.endedAt === null && starts(row) < ends(row));
  const parts = partsOf(rows);
  const found = new Map<string, { happening: Happening; cells: Cell[] }>();
  for (const cell of cellsOf(parts)) {
    const open = rows.filter((row) => isIn(row, cell));
    for (const happening of [...breaks(open), ...overlaps(open)]) {
      const key = JSON.stringify(happening);
      const same = found.get(key) ?? { happening, cells: [] };
      same.cells.push(cell);
      found.set(key, same);
    }
  }
  return [...found.values()]
    .flatMap(({ happening, cells }) => merged(cells, parts).map((where) => ({ ...happening, ...where })))
    .toSorted((a, b) => ascending(a.from ?? -Infinity, b.from ?? -Infinity));
}

const cellsOf = ({ countries, models, tracks, episodes }: Parts): Cell[] =>
  countries.flatMap((some) =>
    models.flatMap((model) =>
      tracks.flatMap((track) => episodes.map((part) => ({ countries: some, model, track, episodes: part }))),
    ),
  );
const isIn = (row: Contract, { countries, model, track, episodes }: Cell) =>
  covers(row, countries[0]!) &&
  row.models.includes(model) &&
  hasTrack(row, track) &&
  hasEpisodes(row, episodes);

/** Where what is licensed stops: until another licence begins, or for good. */
function breaks(rows: readonly Contract[]): Happening[] {
  const happenings: Happening[] = [];
  let end = -Infinity;
  const idsAt = (side: (row: Contract) => number, at: number) =>
    rows.filter((row) => side(row) === at).map(({ id }) => id);
  for (const row of rows.toSorted((a, b) => ascending(starts(a), starts(b)))) {
    const next = starts(row);
    if (end > -Infinity && next > end)
      happenings.push({
        kind: 'gap',
        from: end,
        until: next,
        licences: [...idsAt(ends, end), ...idsAt(starts, next)],
      });
    end = Math.max(end, ends(row));
  }
  if (Number.isFinite(end))
    happenings.push({ kind: 'ending', from: end, until: end, licences: idsAt(ends, end) });
  return happenings;
}

/** Two licences at once of which only one will count (ADR 0019), though they do not say the same. */
function overlaps(rows: readonly Contract[]): Happening[] {
  const happenings: Happening[] = [];
  for (const [i, a] of rows.entries())
    for (const b of rows.slice(i + 1)) {
      const from = Math.max(starts(a), starts(b));
      const until = Math.min(ends(a), ends(b));
      if (from < until && terms(a) !== terms(b))
        happenings.push({
          kind: 'overlap',
          from: finite(from),
          until: finite(until),
          licences: [a.id, b.id].toSorted(),
        });
    }
  return happenings;
}
const finite = (at: number) => (Number.isFinite(at) ? at : null);

/** What a licence grants, wherever and whenever it does. */
const terms = (row: Contract): string =>
  JSON.stringify([
    row.licensorId,
    row.maxHeight,
    row.downloads,
    row.audioLanguages?.toSorted() ?? null,
    row.subtitleLanguages?.toSorted() ?? null,
    row.earlyAccess.map(({ plan, ms }) => `${plan} ${ms}`).toSorted(),
  ]);

/** Cells that differ in one way only become one, way by way: each result is true of all that it names together. */
function merged(cells: readonly Cell[], parts: Parts): Omit<Finding, keyof Happening>[] {
  type Block = {
    countries: string[];
    models: BusinessModel[];
    tracks: TrackPart[];
    episodes: EpisodesPart[];
  };
  let blocks: Block[] = cells.map(({ countries, model, track, episodes }) => ({
    countries,
    models: [model],
    tracks: [track],
    episodes: [episodes],
  }));
  for (const way of ['episodes', 'tracks', 'models', 'countries'] as const)
    blocks = [...Map.groupBy(blocks, ({ [way]: _merged, ...others }) => JSON.stringify(others)).values()].map(
      (same) => ({ ...same[0]!, [way]: same.flatMap((block): unknown[] => block[way]) }),
    );
  return blocks.map(({ countries, models, tracks, episodes }) => ({
    territories: shorter(countries),
    models,
    ...named(tracks, parts.tracks),
    episodes: joined(episodes, parts.episodes),
  }));
}

/** The countries, or those that they are not, whichever are fewer. */
function shorter(countries: readonly string[]): Finding['territories'] {
  const some = new Set(countries);
  const others = countryCodes.filter((code) => !some.has(code));
  return others.length < some.size
    ? { mode: 'exclude', countries: others }
    : { mode: 'include', countries: countryCodes.filter((code) => some.has(code)) };
}

function named(
  tracks: readonly TrackPart[],
  all: readonly TrackPart[],
): Pick<Finding, 'audio' | 'subtitles'> {
  const of = (what: TrackPart['of']) => {
    const some = tracks.filter((track) => track.of === what);
    if (some.length === all.filter((track) => track.of === what).length) return null;
    return some.map(({ language }) => language);
  };
  return { audio: of('audio'), subtitles: of('subtitles') };
}
