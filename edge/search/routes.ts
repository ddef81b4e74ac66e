import { Hono } from 'hono';
import type { InferOutput } from 'valibot';
import {
  SearchQuery,
  SearchResult,
  SuggestQuery,
  Suggestions,
  type matchedIn,
} from '../../schema/api/search.ts';
import type { TextSource } from '../../schema/search-terms.ts';
import { titleCard } from '../catalog/cards.ts';
import { seenBy } from '../catalog/seen.ts';
import { cached } from '../http/cache.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { limited } from '../http/limits.ts';
import { askFor } from './ask.ts';
import { find, matched, type Found } from './find.ts';
import { narrow } from './narrow.ts';
import { found, suggested } from './queries.ts';

const MOST = 60;
const SUGGESTIONS = 8;

const shownAs = {
  main: 'name',
  native: 'name',
  english: 'name',
  name: 'name',
  synonym: 'synonym',
  person: 'person',
  studio: 'studio',
  tag: 'tag',
  synopsis: 'synopsis',
} as const satisfies Record<TextSource, (typeof matchedIn)[number]>;

const item = (one: Found) => {
  const hit = matched(one);
  return { title: titleCard(one.row), matched: hit && { in: shownAs[hit.source], text: hit.text } };
};

const suggestion = (one: Found) => {
  const { slug, names, kind, year, poster } = titleCard(one.row);
  return { slug, names, kind, year, poster, matched: matched(one)?.text ?? null };
};

export const search = new Hono<AppEnv>()
  .get(
    '/api/search',
    allow('anyone'),
    limited('search', 'nobody'),
    accepts('query', SearchQuery),
    cached(),
    returns('Titles by name in any script and spelling, also by people, studio, tags and synopsis', {
      200: SearchResult,
    }),
    async (c) => {
      const { q, limit = MOST, ...filter } = c.req.valid('query');
      const viewing = await seenBy(c);
      const ask = askFor(q);
      const all = ask ? find(ask, await found(c.var.platform.db, viewing, ask)) : [];
      const { kept, facets } = narrow(all, filter);
      return c.json(
        { items: kept.slice(0, limit).map(item), facets } satisfies InferOutput<typeof SearchResult>,
        200,
      );
    },
  )
  .get(
    '/api/search/suggest',
    allow('anyone'),
    limited('search', 'nobody'),
    accepts('query', SuggestQuery),
    cached(),
    returns('A few titles of which a name, or a word of one, begins so', { 200: Suggestions }),
    async (c) => {
      const viewing = await seenBy(c);
      const ask = askFor(c.req.valid('query').q);
      const all = ask ? find(ask, await suggested(c.var.platform.db, viewing, ask)) : [];
      return c.json({ items: all.slice(0, SUGGESTIONS).map(suggestion) } satisfies Suggestions, 200);
    },
  );
