import { Hono } from 'hono';
import { AttentionPage, AttentionQuery, type Attention } from '../../schema/api/rights-room.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import { allow } from '../http/guards.ts';
import { AttentionCursor, attentionList } from './attend.ts';

const PAGE = 50;
const DAY = 86_400_000;

/** The rights of the whole catalogue. */
export const rightsRoom = new Hono<AppEnv>().get(
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
);
