import { Hono, type Context } from 'hono';
import type { InferOutput } from 'valibot';
import {
  NoticeAct,
  NoticeId,
  NoticeQuery,
  NoticeRejection,
  TakedownNoticeDetail,
  TakedownNotices,
} from '../../schema/api/moderation.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import { allow, signedIn } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import type { Db } from '../platform/db.ts';
import { answerMail } from './answer-mail.ts';
import { bringDown } from './bring-down.ts';
import { namedBy } from './named.ts';
import {
  answerNotice,
  namedIn,
  NoticeCursor,
  noticeById,
  notices,
  type NoticeRow,
} from './notice-queries.ts';
import { noticeView } from './notice-routes.ts';

const PAGE = 50;
const noNotice = () => new Problem('not-found', 'There is no notice with this receipt number.');

async function existing(db: Db, id: NoticeRow['id']): Promise<NoticeRow> {
  const notice = await noticeById(db, id);
  if (!notice) throw noNotice();
  return notice;
}

async function detail(db: Db, notice: NoticeRow): Promise<InferOutput<typeof TakedownNoticeDetail>> {
  const all = notice.addresses.map((address) => ({ address, named: namedBy(address) }));
  const slugs = all.flatMap(({ named }) => (named && 'slug' in named ? [named.slug] : []));
  const ids = all.flatMap(({ named }) => (named && 'episodeId' in named ? [named.episodeId] : []));
  const { bySlug, byId } = await namedIn(db, slugs, ids);
  type Found = InferOutput<typeof TakedownNoticeDetail>['named'][number];
  const found = all.flatMap(({ address, named }): Found[] => {
    if (!named) return [];
    if ('slug' in named)
      return bySlug
        .filter(({ slug }) => slug === named.slug)
        .map(({ titleId, name, takenDownAt }) => ({
          address,
          titleId,
          episodeId: null,
          titleName: name,
          episode: null,
          takenDownAt,
        }));
    return byId
      .filter(({ episodeId }) => episodeId === named.episodeId)
      .map(({ titleId, episodeId, name, season, number, takenDownAt }) => ({
        address,
        titleId,
        episodeId,
        titleName: name,
        episode: `${season}×${number}`,
        takenDownAt,
      }));
  });
  const each = new Map(found.map((one) => [one.episodeId ?? one.titleId, one]));
  return { ...noticeView(notice), named: [...each.values()] };
}

/**
 * Answers a notice once, and mails the answer. Asked for again after an answer that was lost, it says what was answered then.
 * @throws Problem `conflict` where it was answered otherwise
 */
async function answered(
  c: Context<AppEnv>,
  notice: NoticeRow,
  state: 'acted' | 'rejected',
  reason: string,
): Promise<NoticeRow> {
  const { db, mailer, now, settings } = c.var.platform;
  const { userId } = signedIn(await c.var.actor());
  const answer = { state, answeredAt: now(), answeredBy: userId, answer: reason };
  if (await answerNotice(db, notice.id, answer)) {
    const row = { ...notice, ...answer };
    c.executionCtx.waitUntil(mailer.send(answerMail(row, state, settings.origin)));
    return row;
  }
  const before = await existing(db, notice.id);
  if (before.state !== state)
    throw new Problem(
      'conflict',
      `This notice was answered before: ${before.state}, ${before.answer ?? ''}.`,
    );
  return before;
}

/** Notices as moderators read and answer them. */
export const noticesAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/takedown-notices',
    allow('moderator'),
    accepts('query', NoticeQuery),
    returns('Takedown notices, the latest first', { 200: TakedownNotices }),
    async (c) => {
      const { cursor, state, limit = PAGE } = c.req.valid('query');
      const rows = await notices(c.var.platform.db, state, decodeCursor(NoticeCursor, cursor), limit);
      c.header('cache-control', 'no-store');
      return c.json(
        toPage(rows, limit, noticeView, ({ createdAt, id }) => [createdAt, id]),
        200,
      );
    },
  )
  .get(
    '/api/admin/takedown-notices/:id',
    allow('moderator'),
    accepts('param', NoticeId),
    returns('A takedown notice, and what its addresses name', { 200: TakedownNoticeDetail }),
    async (c) => {
      const { db } = c.var.platform;
      c.header('cache-control', 'no-store');
      return c.json(await detail(db, await existing(db, c.req.valid('param').id)), 200);
    },
  )
  .post(
    '/api/admin/takedown-notices/:id/act',
    allow('moderator'),
    accepts('param', NoticeId),
    accepts('json', NoticeAct),
    returns('Takes down what a notice is found to be right about, and mails that to whoever sent it', {
      200: TakedownNoticeDetail,
    }),
    async (c) => {
      const { platform } = c.var;
      const { reason, targets } = c.req.valid('json');
      const notice = await existing(platform.db, c.req.valid('param').id);
      if (notice.state === 'rejected')
        throw new Problem('conflict', `This notice was rejected: ${notice.answer ?? ''}.`);
      const { userId: by } = signedIn(await c.var.actor());
      for (const target of targets)
        await bringDown(platform, target, { by, reason: `${reason} (notice ${notice.id})` });
      return c.json(await detail(platform.db, await answered(c, notice, 'acted', reason)), 200);
    },
  )
  .post(
    '/api/admin/takedown-notices/:id/reject',
    allow('moderator'),
    accepts('param', NoticeId),
    accepts('json', NoticeRejection),
    returns('Turns a notice down, and mails the reason to whoever sent it', { 200: TakedownNoticeDetail }),
    async (c) => {
      const { db } = c.var.platform;
      const notice = await existing(db, c.req.valid('param').id);
      const row = await answered(c, notice, 'rejected', c.req.valid('json').reason);
      return c.json(await detail(db, row), 200);
    },
  );
