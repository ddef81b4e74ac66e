import type { ImportReport } from '../../schema/api/library.ts';
import type { Id } from '../../schema/ids.ts';
import { visibleTo } from '../catalog/viewing.ts';
import type { Db } from '../platform/db.ts';
import { profileOf, viewingAs, type Asking } from './asking.ts';
import type { Listed, ReadList } from './lists/listed.ts';
import { keysOf, matched, type Candidate, type Known } from './lists/match.ts';
import { merged, seenBy, type Entry, type Existing } from './lists/merge.ts';
import {
  entriesOf,
  storiesOf,
  takeOver,
  titlesByIds,
  titlesByNames,
  wouldBeSeen,
  type Seen,
} from './queries/import.ts';

/** As many titles a batch: what one statement writes stays within what D1 does in a few hundred milliseconds. */
const AT_ONCE = 300;
/** Half of what D1 takes as one value (2 MB), for texts of three bytes a letter. */
const MOST_LETTERS = 300_000;

/**
 * Takes a list over into the profile's own. Some round trips to find what it is about, then one a few hundred titles, each of them a
 * unit: an import that breaks off is sent again, and changes nothing twice.
 */
export async function takeListOver(
  asking: Asking,
  { entries, unreadable }: ReadList,
  { existing, tryOnly }: { existing: Existing; tryOnly: boolean },
): Promise<ImportReport> {
  const { db, now } = asking.platform;
  const profile = await profileOf(asking);
  const asOf = now();
  const known = await knownOf(db, visibleTo(viewingAs(asking, profile)), entries);
  const { found, unmatched } = matched(entries, known);
  const report: ImportReport = {
    added: 0,
    changed: 0,
    kept: 0,
    episodes: 0,
    unmatched: [...unreadable, ...unmatched],
  };
  for (const part of chunks([...found], ([, listed]) => JSON.stringify(listed).length)) {
    const plan = await planOf(db, profile.id, part, existing, asOf);
    for (const { outcome } of plan) report[outcome] += 1;
    const goes = plan.filter((one) => one.goes);
    const seen = goes.flatMap((one) => one.seen ?? []);
    report.episodes += seen.length > 0 ? ((await wouldBeSeen(db, profile.id, seen))?.count ?? 0) : 0;
    const changes = goes.filter(({ outcome }) => outcome !== 'kept').map(({ entry }) => entry);
    if (!tryOnly && (changes.length > 0 || seen.length > 0))
      await db.batch(takeOver(db, profile.id, changes, seen, asOf));
  }
  return report;
}

async function knownOf(
  db: Db,
  visible: ReturnType<typeof visibleTo>,
  entries: readonly Listed[],
): Promise<Known> {
  const ids = <T>(of: (entry: Listed) => T | null) => [
    ...new Set(entries.flatMap((entry) => of(entry) ?? [])),
  ];
  const byIds = await titlesByIds(db, visible, {
    titleIds: ids(({ titleId }) => titleId),
    malIds: ids(({ malId }) => malId),
    anilistIds: ids(({ anilistId }) => anilistId),
  });
  const all = new Map<Id<'title'>, Candidate>(byIds.map((title) => [title.id, title]));
  const sure = matched(entries, { titles: byIds, names: new Map() });
  const certain = new Set(sure.found.values());
  const keys = [...new Set(entries.filter((entry) => !certain.has(entry)).flatMap(keysOf))];
  const names = new Map<string, Set<Id<'title'>>>();
  for (const part of chunks(keys, (key) => key.length, 50_000))
    for (const { latin, native, ...title } of await titlesByNames(db, visible, part)) {
      all.set(title.id, title);
      for (const key of [latin, native]) names.set(key, (names.get(key) ?? new Set()).add(title.id));
    }
  return { titles: [...all.values()], names };
}

type Planned = ReturnType<typeof merged> & { seen: Seen | null };

async function planOf(
  db: Db,
  profileId: Id<'profile'>,
  part: readonly (readonly [Id<'title'>, Listed])[],
  existing: Existing,
  now: number,
): Promise<Planned[]> {
  const ids = part.map(([id]) => id);
  const [rows, stories] = await db.batch([entriesOf(db, profileId, ids), storiesOf(db, ids)]);
  const was = new Map<string, Entry>(rows.map((row) => [row.titleId, row]));
  const counts = new Map<string, number>(stories.map(({ titleId, count }) => [titleId, count]));
  return part.map(([titleId, listed]) => {
    const about = { titleId, was: was.get(titleId) ?? null, story: counts.get(titleId) ?? 0 };
    const counted = seenBy(listed, now);
    const seen =
      counted || listed.episodes.length > 0
        ? { titleId, count: counted?.count ?? 0, at: counted?.at ?? 0, episodes: past(listed, now) }
        : null;
    return { ...merged(listed, about, existing, now), seen };
  });
}

/** Progress goes by time: a moment that is still to come would stand before all that is watched until then. */
const past = ({ episodes }: Listed, now: number): Listed['episodes'] =>
  episodes.map((one) => ({ ...one, at: Math.min(one.at, now) }));

function* chunks<T>(items: readonly T[], letters: (item: T) => number, most = AT_ONCE): Generator<T[]> {
  let [part, size]: [T[], number] = [[], 0];
  for (const item of items) {
    if (part.length > 0 && (part.length >= most || size + letters(item) > MOST_LETTERS)) {
      yield part;
      [part, size] = [[], 0];
    }
    part.push(item);
    size += letters(item);
  }
  if (part.length > 0) yield part;
}
