import { Hono } from 'hono';
import * as v from 'valibot';
import { EpisodePage, RecentPage, Title, TitlePage, TitleQuery } from '../../schema/api/catalog.ts';
import { PageQuery } from '../../schema/api/page.ts';
import { idSchema } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { cached } from '../http/cache.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { episodeCard, image, titleCard } from './cards.ts';
import { bestLocale } from './locale.ts';
import {
  episodeWithNeighbours,
  RecentCursor,
  recentEpisodes,
  titleBySlug,
  TitleCursor,
  titleKey,
  titleList,
} from './queries.ts';

const PAGE = 24;
/** Not `not-found`: who had it in their list is owed a word. */
const takenDown = () => new Problem('taken-down');

const pageOfTitle = (
  { title, translations, seasons, episodes }: NonNullable<Awaited<ReturnType<typeof titleBySlug>>>,
  acceptLanguage: string | null,
): v.InferOutput<typeof Title> => {
  const written = translations.filter((t) => t.synopsis);
  const locale = bestLocale(
    written.map((t) => t.locale),
    acceptLanguage,
  );
  return {
    ...titleCard(title),
    logo: image(title.logo),
    synonyms: title.synonyms,
    studio: title.studio,
    tags: title.tags,
    people: title.people,
    relations: [],
    orders: [],
    lastEpisodeAt: title.lastEpisodeAt,
    synopsis: written.find((t) => t.locale === locale)?.synopsis ?? null,
    seasons: seasons.map(({ number, name }) => ({
      number,
      name,
      episodes: episodes.filter((e) => e.season === number).map(episodeCard),
    })),
  };
};

export const catalog = new Hono<AppEnv>()
  .get(
    '/api/titles',
    allow('anyone'),
    cached(),
    accepts('query', TitleQuery),
    returns('Titles, by last change, by arrival or by name', { 200: TitlePage }),
    async (c) => {
      const { cursor, limit = PAGE, sort = 'updated', genre, kind } = c.req.valid('query');
      const after = decodeCursor(TitleCursor[sort], cursor);
      const rows = await titleList(c.var.platform.db, { genre, kind }, sort, after, limit);
      return c.json(
        toPage(rows, limit, titleCard, titleKey(sort)) satisfies v.InferOutput<typeof TitlePage>,
        200,
      );
    },
  )
  .get(
    '/api/titles/:slug',
    allow('anyone'),
    cached(),
    accepts('param', v.object({ slug: v.pipe(v.string(), v.maxLength(100)) })),
    returns('A title with its seasons and episodes; the synopsis in the best locale for Accept-Language', {
      200: Title,
    }),
    async (c) => {
      const found = await titleBySlug(c.var.platform.db, c.req.valid('param').slug);
      if (!found) throw new Problem('not-found', 'There is no title at this address.');
      if (found.title.takenDownAt !== null) throw takenDown();
      c.header('vary', 'Accept-Language');
      return c.json(pageOfTitle(found, c.req.header('accept-language') ?? null), 200);
    },
  )
  .get(
    '/api/episodes/recent',
    allow('anyone'),
    cached(),
    accepts('query', v.object(PageQuery)),
    returns('What was published last, newest first', { 200: RecentPage }),
    async (c) => {
      const { cursor, limit = PAGE } = c.req.valid('query');
      const rows = await recentEpisodes(c.var.platform.db, decodeCursor(RecentCursor, cursor), limit);
      const page = toPage(
        rows,
        limit,
        (row) => ({ episode: episodeCard(row.episodes), title: titleCard(row.titles) }),
        (row) => [row.episodes.publishedAt ?? 0, row.episodes.id],
      );
      return c.json(page satisfies v.InferOutput<typeof RecentPage>, 200);
    },
  )
  .get(
    '/api/episodes/:id',
    allow('anyone'),
    cached(),
    accepts('param', v.object({ id: idSchema('episode') })),
    returns('An episode with its title and its neighbours', { 200: EpisodePage }),
    async (c) => {
      const found = await episodeWithNeighbours(c.var.platform.db, c.req.valid('param').id);
      if (!found) throw new Problem('not-found', 'There is no such episode.');
      const { episode, title, previous, next } = found;
      if (episode.takenDownAt !== null || title.takenDownAt !== null) throw takenDown();
      return c.json(
        {
          episode: episodeCard(episode),
          title: titleCard(title),
          previous: previous && episodeCard(previous),
          next: next && episodeCard(next),
        } satisfies EpisodePage,
        200,
      );
    },
  );
