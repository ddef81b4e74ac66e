import { Hono } from 'hono';
import * as v from 'valibot';
import { FacetQuery, Facets, Similar, Title, TitlePage, TitleQuery } from '../../schema/api/catalog.ts';
import type { AppEnv } from '../http/context.ts';
import { cached } from '../http/cache.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import { allow } from '../http/guards.ts';
import { limited } from '../http/limits.ts';
import { shielded } from '../library/shielded.ts';
import { titleCard } from './cards.ts';
import { everyFacet } from './every-facet.ts';
import { facetCounts } from './facet-queries.ts';
import { similarTitles, titleAt, TitleCursor, titleKey, titleList } from './list-queries.ts';
import { titleBySlug } from './queries.ts';
import { allowed, seenBy } from './seen.ts';
import { titlePage } from './title-page.ts';

const PAGE = 24;
const Slug = v.object({ slug: v.pipe(v.string(), v.maxLength(100)) });

/** Titles and how one finds them. What may not be shown to whoever asks is in no list. */
export const catalog = new Hono<AppEnv>()
  .get(
    '/api/titles',
    allow('anyone'),
    accepts('query', TitleQuery),
    cached({ snapshot: true }),
    returns('Titles by last change, arrival, name, what is watched or when they aired, narrowed as wished', {
      200: TitlePage,
    }),
    async (c) => {
      const { cursor, limit = PAGE, sort = 'updated', ...filter } = c.req.valid('query');
      const after = decodeCursor(TitleCursor[sort], cursor);
      const rows = await titleList(c.var.platform.db, await seenBy(c), filter, sort, after, limit);
      return c.json(
        toPage(rows, limit, titleCard, titleKey(sort)) satisfies v.InferOutput<typeof TitlePage>,
        200,
      );
    },
  )
  .get(
    '/api/facets',
    allow('anyone'),
    accepts('query', FacetQuery),
    cached({ seconds: 300, snapshot: true, inWords: false }),
    limited('search', 'nobody'), // within: what is kept costs nothing
    returns('What a list can be narrowed by, and how many titles each choice would give', { 200: Facets }),
    async (c) => {
      const rows = await facetCounts(c.var.platform.db, await seenBy(c), c.req.valid('query'));
      const of = (kind: string) =>
        rows.filter((row) => row.kind === kind).map(({ value, label, count }) => ({ value, label, count }));
      return c.json(everyFacet(of) satisfies Facets, 200);
    },
  )
  .get(
    '/api/titles/:slug',
    allow('anyone'),
    shielded(),
    cached(),
    accepts('param', Slug),
    returns(
      'A title with its seasons and episodes; names and synopses in the best locale for Accept-Language',
      {
        200: Title,
      },
    ),
    async (c) => {
      const viewing = await seenBy(c);
      const found = await titleBySlug(c.var.platform.db, viewing, c.req.valid('param').slug);
      allowed(viewing, found?.title ?? null);
      return c.json(titlePage(found!, c.req.header('accept-language') ?? null), 200);
    },
  )
  .get(
    '/api/titles/:slug/similar',
    allow('anyone'),
    cached({ seconds: 300 }),
    accepts('param', Slug),
    returns('Titles that have genres, tags or the studio in common with it, the most alike first', {
      200: Similar,
    }),
    async (c) => {
      const { db } = c.var.platform;
      const { slug } = c.req.valid('param');
      const viewing = await seenBy(c);
      const [[title = null], rows] = await db.batch([titleAt(db, slug), similarTitles(db, viewing, slug)]);
      allowed(viewing, title);
      return c.json({ items: rows.map(titleCard) }, 200);
    },
  );
