import {
  AdminEpisode,
  AdminTitle,
  AdminTitleDetail,
  Relation,
  SavedImage,
} from '../../schema/api/editing.ts';
import { Licence, Licences, type NewLicence } from '../../schema/api/rights.ts';
import type { Id } from '../../schema/ids.ts';
import { ask, type Api } from '../api.ts';
import { artOf, type ArtRole } from './art.ts';
import type { DemoTitle } from './titles/title.ts';

const everywhere: NewLicence = {
  territories: { mode: 'exclude', countries: [] },
  startsAt: null,
  endsAt: null,
};

/** One title with its pictures, episodes and licence: makes what is missing, changes nothing that is there. */
export async function putTitle(
  api: Api,
  title: DemoTitle,
  known: Id<'title'> | undefined,
  art: { folder: string; version: string },
  signal?: AbortSignal,
): Promise<AdminTitleDetail> {
  const { episodes, relations: _later, models = ['free'], ...fields } = title;
  const id = known ?? (await ask(api, 'POST', '/api/admin/titles', AdminTitle, { json: fields, signal })).id;
  const path = `/api/admin/titles/${id}`;
  const detail = await ask(api, 'GET', path, AdminTitleDetail, { signal });

  let complete = true;
  async function picture(role: ArtRole) {
    if (detail[role]) return;
    complete = false;
    const { webp, width, height, thumbhash } = await artOf(title.slug, role, art.folder, art.version);
    const query = new URLSearchParams({ width: `${width}`, height: `${height}`, thumbhash });
    await ask(api, 'PUT', `${path}/images/${role}?${query.toString()}`, SavedImage, {
      body: new Uint8Array(webp),
      contentType: 'image/webp',
      signal,
    });
  }
  async function licence() {
    if ((await ask(api, 'GET', `${path}/licences`, Licences, { signal })).items.length) return;
    await ask(api, 'POST', `${path}/licences`, Licence, { json: { ...everywhere, models }, signal });
  }
  async function listEpisodes() {
    const places = numbered(episodes);
    for (const { season, number, absoluteNumber, airs, name, synopsis, ja, kind } of places) {
      if (detail.episodeList.some((e) => e.season === season && e.number === number)) continue;
      complete = false;
      const json = {
        name,
        synopsis: synopsis ?? null,
        kind: kind ?? 'story',
        airsAt: airDay(airs),
        absoluteNumber,
        translations: { ja },
      };
      await ask(api, 'PUT', `${path}/seasons/${season}/episodes/${number}`, AdminEpisode, { json, signal });
    }
  }
  await Promise.all([picture('poster'), picture('backdrop'), licence(), listEpisodes()]);
  return complete ? detail : ask(api, 'GET', path, AdminTitleDetail, { signal });
}

/** Says what titles of the world are to each other, where that was not said yet; all of them have to be there. */
export async function relate(
  api: Api,
  title: DemoTitle,
  { id, relations }: AdminTitleDetail,
  idOf: (slug: string) => Id<'title'>,
  signal?: AbortSignal,
): Promise<void> {
  for (const { to, kind } of title.relations ?? []) {
    const related = idOf(to);
    if (relations.some((one) => one.id === related)) continue;
    const path = `/api/admin/titles/${id}/relations/${related}`;
    await ask(api, 'PUT', path, Relation, { json: { kind }, signal });
  }
}

/**
 * Episodes are written down in order; each season counts from 1, specials in season 0. Where there are several seasons, they are
 * counted through as well.
 */
export function numbered(episodes: DemoTitle['episodes']) {
  const counts = new Map<number, number>();
  const several = episodes.some(({ season = 1 }) => season > 1);
  let through = 0;
  return episodes.map((episode) => {
    const season = episode.season ?? 1;
    const number = (counts.get(season) ?? 0) + 1;
    counts.set(season, number);
    const absoluteNumber = several && season > 0 ? ++through : null;
    return { ...episode, season, number, absoluteNumber };
  });
}

const DAY = 86_400_000;
/** 15:00 UTC, midnight in Japan: when late-night television airs. */
const airDay = (days: number | undefined): number | null =>
  days === undefined ? null : Math.floor(Date.now() / DAY + days) * DAY + 15 * 3_600_000;
