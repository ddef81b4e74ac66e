import { join } from 'node:path';
import { AdminTitleDetail, AdminTitlePage } from '../../schema/api/editing.ts';
import type { Id } from '../../schema/ids.ts';
import { ask, type Api } from '../api.ts';
import { putCampaign } from './advert.ts';
import { codeHash } from './cache.ts';
import { prepareFilm, putEpisode, type FilmOptions } from './seed-film.ts';
import { putOffers, putPlans } from './shop.ts';
import { numbered, putTitle, relate } from './seed-title.ts';
import { demoTitles } from './titles.ts';
import type { DemoTitle } from './titles/title.ts';

export type SeedOptions = {
  origin: string;
  /** Of an editor: a bearer, or a way to get a fresh one. Encoding may outlive a token. */
  editorToken: Api['token'];
  /** Of an admin, likewise, who sets prices and runs campaigns; left out: nothing is sold. */
  adminToken?: Api['token'];
  /** Pictures and films are drawn once and kept here. */
  cacheDir: string;
  /** What the catalogue part is doing, for people. */
  onProgress?: (note: string) => void;
  /** What the films are doing afterwards. */
  onFilm?: (note: string) => void;
  signal?: AbortSignal | undefined;
  /** Makes a film's file, unless it is there. */
  drawFilm?: FilmOptions['draw'];
};
export type Seeded = {
  /** Titles of the demo world that stand in the catalogue; 0 where somebody else's world was found. */
  titles: number;
  /** Ends when every film is published and the shop is open; rejects with the first one's failure. Always to be awaited or caught. */
  uploading: Promise<void>;
};

/**
 * Fills an empty system with the demo world, through the public API only. What is there already is left as it is, so it
 * may run again after an interruption, or at every start. A catalogue without any demo title is somebody's own, and stays so.
 * The films follow in the background: drawn, uploaded, and put through the same pipeline as anybody's.
 */
export async function seedDemo(options: SeedOptions): Promise<Seeded> {
  const { origin, editorToken, cacheDir, onProgress, signal } = options;
  const api: Api = { origin, token: editorToken };
  const known = await existing(api, signal);
  const ours = demoTitles.map((title) => known.get(title.slug) ?? known.get(title.names.main));
  if (known.size > 0 && ours.every((id) => id === undefined))
    return { titles: 0, uploading: Promise.resolve() };

  const film: FilmOptions = {
    folder: join(cacheDir, 'film'),
    version: await codeHash('draw', 'cast', 'film'),
    onFilm: options.onFilm,
    signal,
    ...(options.drawFilm ? { draw: options.drawFilm } : {}),
  };
  // In an empty system the first film is certainly wanted: it is drawn, at low priority, while the catalogue is made.
  const first = known.size === 0 ? prepareFilm(1, film) : Promise.resolve();
  first.catch(() => undefined); // told by `uploading`
  const art = { folder: join(cacheDir, 'art'), version: await codeHash('draw', 'cast', 'art', 'art.ts') };
  const admin: Api | null = options.adminToken ? { origin, token: options.adminToken } : null;
  const plans = admin ? putPlans(admin, signal) : Promise.resolve();
  plans.catch(() => undefined); // likewise
  const details: AdminTitleDetail[] = [];
  // One after another, so that they stand in this order where the newest comes first.
  for (const [i, title] of demoTitles.entries()) {
    onProgress?.(`${i + 1} of ${demoTitles.length}: ${title.names.main}`);
    details.push(await putTitle(api, title, ours[i], art, signal));
  }
  const idOf = (slug: string) => details[demoTitles.findIndex((title) => title.slug === slug)]!.id;
  for (const [i, title] of demoTitles.entries()) await relate(api, title, details[i]!, idOf, signal);
  const shop = admin ? plans.then(() => putOffers(admin, idOf, signal)) : plans;
  shop.catch(() => undefined); // likewise
  const uploading = first
    .then(() => films(api, details, film))
    .then(() => shop) // films do not wait for it, nor stop when it fails
    .then(async () => {
      const inFilms = details.flatMap(({ episodeList }, t) => filmed(demoTitles[t]!, episodeList));
      if (admin) await putCampaign(admin, known.get('kotori-tea'), inFilms, film);
    });
  return { titles: demoTitles.length, uploading };
}

async function existing(api: Api, signal?: AbortSignal): Promise<Map<string, Id<'title'>>> {
  const found = new Map<string, Id<'title'>>();
  const query = new URLSearchParams({ limit: '100' });
  for (;;) {
    const page = await ask(api, 'GET', `/api/admin/titles?${query.toString()}`, AdminTitlePage, { signal });
    for (const { id, slug, names } of page.items) found.set(slug, id).set(names.main, id);
    if (!page.next) return found;
    query.set('cursor', page.next);
  }
}

/** The episodes of a title that have a film. */
const filmed = ({ episodes }: DemoTitle, list: AdminTitleDetail['episodeList']) =>
  numbered(episodes).flatMap(({ film, season, number }) =>
    film ? list.filter((e) => e.season === season && e.number === number).map(({ id }) => id) : [],
  );

async function films(api: Api, details: AdminTitleDetail[], options: FilmOptions): Promise<void> {
  const published: Promise<void>[] = [];
  for (const [t, title] of demoTitles.entries())
    for (const { film, season, number } of numbered(title.episodes)) {
      if (!film) continue;
      const episode = details[t]!.episodeList.find((e) => e.season === season && e.number === number);
      if (!episode) throw new Error(`${title.slug} has no episode ${number}`);
      // The next film is drawn while this one is encoded.
      published.push((await putEpisode(api, episode, film, options)).published);
    }
  await Promise.all(published);
}
