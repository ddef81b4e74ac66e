import { and, eq, type SQL } from 'drizzle-orm';
import { episodes } from '../../schema/db/catalog.ts';
import { assets } from '../../schema/db/media.ts';
import type { Id } from '../../schema/ids.ts';
import type { StreamEnd } from '../../schema/problem.ts';
import type { Db } from '../platform/db.ts';
import type { Streams } from '../platform/streams.ts';

/** Whose streams: everything an account plays, or only what one sign-in of it does, everybody who plays an asset, or one stream. */
export type Whose =
  | { userId: string }
  | { userId: string; signInId: string }
  | { assetId: Id<'asset'> }
  | { userId: string; sessionId: Id<'playback'> };

/**
 * Ends streams: their next key request is refused, with `because` in words, so that playback stops within one key period. May be
 * repeated. Call it after the change that it follows has been written: plays decided until then end, later ones stay. But of a sign-in
 * call it before that is ended: nothing begins with it from then on, and while it is there whoever fails in between can ask again.
 * Publishing another version of an episode needs none: who watches keeps what they began with (ADR 0047); unpublishing does (ADR 0066).
 * @param because left out: `signed-out` for an account or a sign-in, `taken-down` for an asset, `ended` for one stream
 * @param why for `by-staff`: what viewers are told
 */
export async function revokeStreams(
  { streams, now }: { streams: Streams; now: () => number },
  whose: Whose,
  because?: StreamEnd,
  why?: string,
): Promise<void> {
  if ('assetId' in whose)
    return streams.audience(whose.assetId).revoke(whose.assetId, because ?? 'taken-down', why);
  const account = streams.account(whose.userId);
  const before = now();
  if ('sessionId' in whose)
    await account.revoke({ sessionId: whose.sessionId, because: because ?? 'ended', why, before });
  else {
    const signIn = 'signInId' in whose ? { signInId: whose.signInId } : {};
    await account.revoke({ ...signIn, because: because ?? 'signed-out', why, before });
  }
}

/** A Worker waits for six calls at a time (https://developers.cloudflare.com/workers/platform/limits/). */
const SIDE_BY_SIDE = 6;

/**
 * `revokeStreams` for whoever plays one of these assets: all that a title has, or many. One whose audience does not answer keeps none of
 * the others watching.
 * @throws what the first of those that failed threw, after all were tried: whoever asked asks again
 */
export async function revokeAssets(
  platform: { streams: Streams; now: () => number },
  assetIds: readonly Id<'asset'>[],
  because?: StreamEnd,
  why?: string,
): Promise<void> {
  const failed: unknown[] = [];
  for (let from = 0; from < assetIds.length; from += SIDE_BY_SIDE) {
    const some = assetIds.slice(from, from + SIDE_BY_SIDE);
    const told = await Promise.allSettled(
      some.map((assetId) => revokeStreams(platform, { assetId }, because, why)),
    );
    for (const one of told) if (one.status === 'rejected') failed.push(one.reason);
  }
  if (failed.length > 0) throw failed[0];
}

/**
 * The assets that somebody may be watching of some episodes: earlier versions too, as who began with one goes on with it (ADR 0047).
 * @param which a condition on `episodes`
 */
export async function watchable(db: Db, which: SQL | undefined): Promise<Id<'asset'>[]> {
  const rows = await db
    .select({ id: assets.id })
    .from(assets)
    .innerJoin(episodes, eq(episodes.id, assets.episodeId))
    .where(and(which, eq(assets.verified, true))); // others were never published
  return rows.map(({ id }) => id);
}
