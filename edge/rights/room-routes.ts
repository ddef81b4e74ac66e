import { Hono } from 'hono';
import * as v from 'valibot';
import {
  AttentionPage,
  AttentionQuery,
  Reach,
  ReachQuery,
  World,
  WorldQuery,
  type Attention,
} from '../../schema/api/rights-room.ts';
import { countryCodes } from '../../schema/countries.ts';
import { idSchema } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { AttentionCursor, attentionList } from './attend.ts';
import { madeUpViewer } from './made-up.ts';
import { reach, titleRights, type Which } from './title-rights.ts';
import { world } from './world.ts';

const PAGE = 50;
const DAY = 86_400_000;

async function worldOf(
  { db, now }: Platform,
  which: Which,
  asked: v.InferOutput<typeof WorldQuery>,
): Promise<World> {
  const found = await titleRights(db, which, asked.asIfPublished === 'yes');
  if (!found) throw new Problem('not-found', `There is no such ${'titleId' in which ? 'title' : 'episode'}.`);
  const viewer = await madeUpViewer(db, asked, found.titleId);
  const at = asked.at ?? now();
  return {
    at,
    episodes: found.episodes.length,
    countries: world(viewer, found.episodes, found.rights, at),
  };
}

/** The rights of the whole catalogue, and of the whole world. */
export const rightsRoom = new Hono<AppEnv>()
  .get(
    '/api/admin/rights/attention',
    allow('editor'),
    accepts('query', AttentionQuery),
    returns('Gaps, overlaps and endings of licences in the days to come, the earliest first', {
      200: AttentionPage,
    }),
    async (c) => {
      const { days, kind, cursor, limit = PAGE } = c.req.valid('query');
      const now = c.var.platform.now();
      const rows = await attentionList(
        c.var.platform.db,
        { kind, now, before: now + days * DAY },
        decodeCursor(AttentionCursor, cursor),
        limit,
      );
      const view = ({ number, about, ...row }: (typeof rows)[number]): Attention => ({
        ...row,
        ...about,
        id: `${row.titleId}.${number}`,
        days: Math.max(0, Math.floor((row.at - now) / DAY)),
      });
      return c.json(
        toPage(rows, limit, view, ({ at, titleId, number }) => [at, titleId, number]),
        200,
      );
    },
  )
  .get(
    '/api/admin/rights/reach',
    allow('editor'),
    accepts('query', ReachQuery),
    returns('Of how many titles something may be listed in each country', { 200: Reach }),
    async (c) => {
      const rows = await reach(c.var.platform.db, c.req.valid('query').age);
      const many = (fits: (shownIn: string) => boolean) =>
        rows.reduce((sum, { shownIn, titles }) => (fits(shownIn) ? sum + titles : sum), 0);
      const countries = [...countryCodes, null].map((country) => ({
        country,
        titles: many((shownIn) => shownIn === '*' || (country !== null && shownIn.includes(` ${country} `))),
      }));
      return c.json({ titles: many(() => true), countries }, 200);
    },
  )
  .get(
    '/api/admin/titles/:id/world',
    allow('editor'),
    accepts('param', v.object({ id: idSchema('title') })),
    accepts('query', WorldQuery),
    returns('Where in the world a made-up viewer may watch a title: its best episode, by country', {
      200: World,
    }),
    async (c) => {
      const { id: titleId } = c.req.valid('param');
      return c.json(await worldOf(c.var.platform, { titleId }, c.req.valid('query')), 200);
    },
  )
  .get(
    '/api/admin/episodes/:id/world',
    allow('editor'),
    accepts('param', v.object({ id: idSchema('episode') })),
    accepts('query', WorldQuery),
    returns('Where in the world a made-up viewer may watch an episode, by country', { 200: World }),
    async (c) => {
      const { id: episodeId } = c.req.valid('param');
      return c.json(await worldOf(c.var.platform, { episodeId }, c.req.valid('query')), 200);
    },
  );
