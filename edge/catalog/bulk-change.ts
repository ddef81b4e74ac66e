import { sql } from 'drizzle-orm';
import type { InferOutput } from 'valibot';
import type { EpisodesChange, TitlesChange } from '../../schema/api/editing.ts';
import { episodes } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { revokeAssets, watchable } from '../playback/revoke.ts';
import { episodesAfter, titleAfter, type Fate } from './bulk.ts';
import { episodesById, titlesById, watchableOf, writeEpisodes, writeTitles } from './bulk-queries.ts';
import { listAnew } from './listing.ts';

/** Of changes that meet, each is made upon what the others have written; so many times at most. */
const ROUNDS = 5;
/** Streams are ended version by version, each by a call of its own, and a request makes a thousand at most (Workers limits). */
const MOST_ENDED = 500;
/** A Worker waits for six calls at a time (https://developers.cloudflare.com/workers/platform/limits/). */
const SIDE_BY_SIDE = 6;

async function sideBySide<T>(list: readonly T[], each: (one: T) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < list.length; from += SIDE_BY_SIDE)
    await Promise.all(list.slice(from, from + SIDE_BY_SIDE).map(each));
}

const busy = () =>
  new Problem('conflict', 'Others change these at the same time. Nothing was done; send it again.');
const fates = (ids: readonly string[], of: ReadonlyMap<string, Fate['fate'] | { refused: string }>): Fate[] =>
  [...new Set(ids)].map((id) => {
    const fate = of.get(id) ?? { refused: 'There is nothing with this id.' };
    return typeof fate === 'string'
      ? { id, fate, because: null }
      : { id, fate: 'refused', because: fate.refused };
  });

/**
 * Changes many titles in one transaction, and says what became of each; a change that is there already is not made again. What others
 * change at the same moment stays: it is made upon that.
 * @throws Problem `conflict` where others keep changing them
 */
export async function changeTitles(
  platform: Platform,
  { ids, ...change }: InferOutput<typeof TitlesChange>,
): Promise<Fate[]> {
  const { db, now } = platform;
  for (let round = 0; round < ROUNDS; round++) {
    const rows = await titlesById(db, ids);
    const tooMany = change.draft ? await unending(platform, ids) : new Set<string>();
    const of = new Map<string, Fate['fate'] | { refused: string }>();
    const changes = rows.flatMap((before) => {
      const after = tooMany.has(before.id)
        ? {
            refused:
              'Too many episodes of these are on the site to end their streams at once: send it again by itself.',
          }
        : titleAfter(before, change);
      of.set(before.id, after === 'same' ? 'same' : 'refused' in after ? after : 'changed');
      return typeof after === 'object' && 'row' in after ? [{ before, after: after.row }] : [];
    });
    if (changes.length > 0 && (await writeTitles(db, changes, now()))) continue;
    const redrafted = changes.filter(({ before, after }) => before.draft !== after.draft);
    const shown = redrafted.filter(({ after }) => !after.draft).map(({ before }) => before.id);
    await sideBySide(shown, (id) => listAnew(platform, id));
    if (change.draft)
      await endStreams(
        platform,
        rows
          .filter(({ id, draft }) => !tooMany.has(id) && (draft || of.get(id) === 'changed'))
          .map(({ id }) => id),
      );
    return fates(ids, of);
  }
  throw busy();
}

/** Those among some titles whose streams are too many to be ended along with those of the others. */
async function unending({ db }: Platform, ids: readonly Id<'title'>[]): Promise<Set<string>> {
  let ended = 0;
  const left = new Set<string>();
  for (const { titleId, assets } of await watchableOf(db, ids))
    if (ended > 0 && ended + assets > MOST_ENDED) left.add(titleId);
    else ended += assets;
  return left;
}

/** Also of those that were drafts already: whoever asks again makes sure of it. What was refused and is on the site plays on. */
async function endStreams(platform: Platform, ids: readonly Id<'title'>[]): Promise<void> {
  const those = sql`${episodes.titleId} in (select value from json_each(${JSON.stringify(ids)}))`;
  await revokeAssets(platform, await watchable(platform.db, those), 'taken-down');
}

/**
 * Changes kind and air times of many episodes in one transaction, and says what became of each. `moveAirsAt` counts from what is there:
 * `asOf` keeps one that is sent again from moving them again.
 * @throws Problem `conflict` where others keep changing them
 */
export async function changeEpisodes(
  { db, now }: Platform,
  { ids, ...change }: InferOutput<typeof EpisodesChange>,
): Promise<Fate[]> {
  for (let round = 0; round < ROUNDS; round++) {
    const rows = await episodesById(db, ids);
    const after = episodesAfter(rows, change);
    const of = new Map<string, Fate['fate'] | { refused: string }>();
    const changes = rows.flatMap((before, i) => {
      const one = after[i]!;
      of.set(before.id, one === 'same' ? 'same' : 'refused' in one ? one : 'changed');
      return typeof one === 'object' && 'row' in one ? [{ before, after: one.row }] : [];
    });
    if (changes.length === 0 || !(await writeEpisodes(db, changes, now()))) return fates(ids, of);
  }
  throw busy();
}
