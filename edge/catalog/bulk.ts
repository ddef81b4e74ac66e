import { is, type InferOutput } from 'valibot';
import type { BulkAnswer, EpisodesChange, TitlesChange } from '../../schema/api/editing.ts';
import { Moment } from '../../schema/api/moment.ts';
import type { EpisodeRow, TitleRow } from './cards.ts';
import { defined } from './edits.ts';
import { foldWord } from './facets.ts';

// What one change makes of each of many titles or episodes. Pure.

export type Fate = BulkAnswer['items'][number];
/** What a title or an episode is after a change; or why it stays as it is. */
export type After<Row> = { row: Row } | { refused: string } | 'same';

/** As many as one title takes (schema/api/editing.ts). */
const MOST_WORDS = 40;

/** Words with some added that it does not have yet, however they are written, and others taken out. */
export function reworded(
  words: readonly string[],
  add: readonly string[] = [],
  remove: readonly string[] = [],
): string[] {
  const gone = new Set(remove.map(foldWord));
  const kept = words.filter((word) => !gone.has(foldWord(word)));
  const have = new Set(kept.map(foldWord));
  const added = add.filter((word) => {
    const folded = foldWord(word);
    if (gone.has(folded) || have.has(folded)) return false;
    have.add(folded);
    return true;
  });
  return [...kept, ...added];
}

export const titleFields = [
  'status',
  'ageRating',
  'year',
  'cour',
  'studio',
  'genres',
  'tags',
  'draft',
  'publishAt',
] as const;
export type TitleFields = Pick<TitleRow, (typeof titleFields)[number]>;

/** What the sender has not seen, they do not change unawares. @param asOf the latest change that they saw, ms UTC */
export const unseen = ({ updatedAt }: { updatedAt: number }, asOf: number | undefined) =>
  asOf !== undefined && updatedAt > asOf
    ? { refused: `It was changed at ${new Date(updatedAt).toISOString()}, since you looked. Look again.` }
    : null;

export function titleAfter(
  row: TitleFields & { updatedAt: number },
  { asOf, ...change }: Omit<InferOutput<typeof TitlesChange>, 'ids'>,
): After<TitleFields> {
  const refused = unseen(row, asOf);
  if (refused) return refused;
  const { addGenres, removeGenres, addTags, removeTags, draft, ...plain } = change;
  const after: TitleFields = { ...pick(row, titleFields), ...defined(plain) };
  after.genres = reworded(row.genres, addGenres, removeGenres);
  after.tags = reworded(row.tags, addTags, removeTags);
  // As one by one (publishing.ts): whoever takes a title off the site takes back that it is to come there by itself, too.
  if (draft !== undefined) Object.assign(after, { draft, publishAt: null });
  for (const [name, words] of Object.entries({ genres: after.genres, tags: after.tags }))
    if (words.length > MOST_WORDS) return { refused: `It would have more than ${MOST_WORDS} ${name}.` };
  return same(row, after, titleFields) ? 'same' : { row: after };
}

export const episodeFields = ['kind', 'airsAt'] as const;
export type EpisodeBulk = Pick<EpisodeRow, 'titleId' | 'season' | 'number' | 'kind' | 'airsAt' | 'updatedAt'>;
type EpisodeFields = Pick<EpisodeBulk, (typeof episodeFields)[number]>;

/**
 * Episodes after a change, in the order in which they were given. New air times go by season and number, for each title from the first
 * of its episodes that are among them on.
 */
export function episodesAfter(
  rows: readonly EpisodeBulk[],
  { asOf, kind, moveAirsAt = 0, airsFrom }: Omit<InferOutput<typeof EpisodesChange>, 'ids'>,
): After<EpisodeFields>[] {
  const counts = new Map<string, number>();
  const airs = new Map<EpisodeBulk, number>();
  if (airsFrom)
    for (const row of rows.toSorted((a, b) => a.season - b.season || a.number - b.number)) {
      const nth = counts.get(row.titleId) ?? 0;
      counts.set(row.titleId, nth + 1);
      airs.set(row, airsFrom.from + nth * airsFrom.every);
    }
  return rows.map((row) => {
    const refused = unseen(row, asOf);
    if (refused) return refused;
    const moved = row.airsAt === null ? null : row.airsAt + moveAirsAt;
    const after = { kind: kind ?? row.kind, airsAt: airs.get(row) ?? moved };
    if (after.airsAt !== null && !is(Moment, after.airsAt))
      return { refused: 'It would air before 1970, or at no time that there is.' };
    return same(row, after, episodeFields) ? 'same' : { row: after };
  });
}

const pick = <T, K extends keyof T>(row: T, names: readonly K[]): Pick<T, K> =>
  Object.fromEntries(names.map((name) => [name, row[name]])) as Pick<T, K>;
const same = <T extends object, K extends keyof T>(a: Pick<T, K>, b: Pick<T, K>, names: readonly K[]) =>
  names.every((name) => JSON.stringify(a[name]) === JSON.stringify(b[name]));
