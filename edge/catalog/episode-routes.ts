import { Hono } from 'hono';
import * as v from 'valibot';
import { EpisodePage, RecentPage, Schedule, ScheduleQuery } from '../../schema/api/catalog.ts';
import { PageQuery } from '../../schema/api/page.ts';
import { idSchema } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { cached } from '../http/cache.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import { allow } from '../http/guards.ts';
import { shielded } from '../library/shielded.ts';
import { Problem } from '../http/problem.ts';
import { episodeCard, titleCard, type EpisodeFacts, type TitleFacts } from './cards.ts';
import { airings, RecentCursor, recentEpisodes, seriesOf } from './queries.ts';
import { allowed, seenBy } from './seen.ts';
import { episodePage } from './title-page.ts';

const PAGE = 24;
const DAY = 86_400_000;
const MOST_DAYS = 45;

const both = ({ episode, title }: { episode: EpisodeFacts; title: TitleFacts }) => ({
  episode: episodeCard(episode),
  title: titleCard(title),
});

/** Episodes: one with its neighbours, the newest, and when they air. */
export const catalogEpisodes = new Hono<AppEnv>()
  .get(
    '/api/schedule',
    allow('anyone'),
    shielded(),
    accepts('query', ScheduleQuery),
    cached(),
    returns('What airs from `from` to before `to`, by air time; at most 45 days', { 200: Schedule }),
    async (c) => {
      const asked = c.req.valid('query');
      if (asked.to <= asked.from || asked.to - asked.from > MOST_DAYS * DAY) {
        const detail = `has to be later than from, by at most ${MOST_DAYS} days`;
        throw new Problem('invalid-request', {
          detail: `/to: ${detail}`,
          errors: [{ pointer: '/to', detail }],
        });
      }
      const rows = await airings(c.var.platform.db, await seenBy(c), asked);
      const items = rows.map((row) => ({ airsAt: row.episode.airsAt ?? 0, ...both(row) }));
      return c.json({ items } satisfies Schedule, 200);
    },
  )
  .get(
    '/api/episodes/recent',
    allow('anyone'),
    shielded(),
    accepts('query', v.object(PageQuery)),
    cached({ snapshot: true }),
    returns('What was published last, newest first', { 200: RecentPage }),
    async (c) => {
      const { cursor, limit = PAGE } = c.req.valid('query');
      const after = decodeCursor(RecentCursor, cursor);
      const rows = await recentEpisodes(c.var.platform.db, await seenBy(c), after, limit);
      const page = toPage(rows, limit, both, ({ episode }) => [episode.publishedAt ?? 0, episode.id]);
      return c.json(page satisfies v.InferOutput<typeof RecentPage>, 200);
    },
  )
  .get(
    '/api/episodes/:id',
    allow('anyone'),
    shielded(),
    cached(),
    accepts('param', v.object({ id: idSchema('episode') })),
    returns('An episode with its title, and its neighbours in the order in which one watches', {
      200: EpisodePage,
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const viewing = await seenBy(c);
      const found = await seriesOf(c.var.platform.db, viewing, id);
      allowed(viewing, found?.title ?? null, 'There is no such episode.');
      const page = episodePage(found!, id);
      if (!page) throw new Problem('taken-down');
      return c.json(page, 200);
    },
  );
