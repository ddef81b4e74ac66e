import type { LicenceEffect } from '../../schema/api/rights-room.ts';
import type { Platform } from '../platform/platform.ts';
import { assetsIn, type LicenceRow } from './queries.ts';
import { isAbout } from './rows.ts';
import { titleRights } from './title-rights.ts';
import type { Rights, Subject, Viewer } from './terms.ts';
import { world } from './world.ts';

/** Versions whose audience is asked: each is a call of its own. */
const ASKED = 100;

/** Somebody without anything: what they could pay for counts as well. */
const anybody: Viewer = {
  country: null,
  signedIn: true,
  ageCeiling: '18',
  subscriptions: [],
  purchases: [],
};

/** Countries where some episode can be watched at a moment, in whatever way it is paid for. */
function openIn(episodes: readonly Subject[], rights: Rights, now: number): Set<string> {
  const open = new Set(['open', 'early', 'early-only', 'plan', 'purchase']);
  const found = episodes.flatMap((episode) =>
    world(anybody, [episode], rights, now).flatMap(({ country, state }) =>
      country !== null && open.has(state) ? [`${country} ${episode.id}`] : [],
    ),
  );
  return new Set(found);
}

/** What revoking a licence would do right now. It changes nothing. */
export async function licenceEffect(
  { db, streams, now }: Pick<Platform, 'db' | 'streams' | 'now'>,
  row: LicenceRow,
): Promise<LicenceEffect> {
  const [found, assets] = await Promise.all([
    titleRights(db, { titleId: row.titleId }, false),
    assetsIn(db, row),
  ]);
  if (!found) return { episodes: 0, watching: 0, closes: [] }; // the title went meanwhile
  const episodes = found.episodes.filter((one) => isAbout(row, one));
  const without = { ...found.rights, licences: found.rights.licences.filter(({ id }) => id !== row.id) };
  const at = now();
  const left = openIn(episodes, without, at);
  const closes = [...openIn(episodes, found.rights, at)].filter((one) => !left.has(one));
  const audiences =
    assets.length > ASKED
      ? null
      : await Promise.all(assets.map((assetId) => streams.audience(assetId).watching()));
  return {
    episodes: episodes.filter(({ published }) => published).length,
    watching: audiences && audiences.reduce((sum, one) => sum + (one?.accounts ?? 0), 0),
    closes: [...new Set(closes.map((one) => one.slice(0, 2)))].toSorted(),
  };
}
