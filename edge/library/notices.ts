import type { Notices } from '../../schema/api/library.ts';
import { episodeCard, titleCard } from '../catalog/cards.ts';
import { profileOf, readAs, visibleIn, type Asking } from './asking.ts';
import { reachedIn } from './queries/history.ts';
import { notices, noticesSeen, unseenNotices } from './queries/notices.ts';
import { shieldFor } from './shield.ts';
import { ofProfile, unwrittenOf, withUnwritten } from './unwritten.ts';
import { sql } from 'drizzle-orm';

const SHOWN = 50;

/** One round trip; with the shield on two, for what of it was watched. */
export async function noticesFor(asking: Asking): Promise<Notices> {
  const { db } = asking.platform;
  const { profile, found } = await readAs(asking, (id) => [
    notices(db, id, visibleIn(asking, id), asking, SHOWN),
    unseenNotices(db, id, visibleIn(asking, id)),
  ]);
  const [rows, [counted]] = found;
  const { shield: on } = profile.preferences;
  const ids = rows.map(({ episode }) => episode.id);
  const [known, all] =
    on && ids.length > 0
      ? await Promise.all([
          reachedIn(db, sql`${profile.id}`, ids),
          unwrittenOf(asking.platform, asking.actor.userId),
        ])
      : [[], []];
  const shield = shieldFor(on, withUnwritten(known, ofProfile(all, profile.id)));
  return {
    items: rows.map(({ episode, title }) => ({
      title: titleCard(title),
      episode: shield(episodeCard(episode)),
      at: episode.publishedAt ?? 0,
      unseen: (episode.publishedAt ?? 0) > profile.noticesSeenAt,
    })),
    unseen: counted?.count ?? 0,
  };
}

/** A moment that is not yet is now: what comes out until then is still to be shown. */
export async function seeNotices(asking: Asking, upTo: number): Promise<void> {
  const { db, now } = asking.platform;
  const profile = await profileOf(asking);
  await noticesSeen(db, profile.id, Math.min(upTo, now()));
}
