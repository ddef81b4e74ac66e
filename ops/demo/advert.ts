import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Campaign, CampaignPage, EpisodeBreaks } from '../../schema/api/ads.ts';
import { AdminEpisode, AdminTitle, AdminTitleDetail } from '../../schema/api/editing.ts';
import type { Id } from '../../schema/ids.ts';
import { ask, type Api } from '../api.ts';
import { must } from '../local/run.ts';
import { prepareFilm, putEpisode, type FilmOptions } from './seed-film.ts';

/** Who advertises in the demo world, and what is made of it: some seconds of the first episode. */
const ADVERTISER = 'Kotori Tea';
const NAME = 'Kotori Tea: rainy days';
const FROM_SECONDS = 20;
const SECONDS = 10;
/** Where the films are interrupted. */
const BREAKS = [30];

/**
 * A house campaign that runs, and episodes that it may interrupt. It is made once: a campaign of this name that was paused or ended since
 * stays so.
 * @param known the title of the creative, from an earlier start that got no further
 */
export async function putCampaign(
  admin: Api,
  known: Id<'title'> | undefined,
  interrupted: readonly Id<'episode'>[],
  options: FilmOptions,
): Promise<void> {
  const { signal } = options;
  const { items } = await ask(admin, 'GET', '/api/admin/campaigns?limit=100', CampaignPage, { signal });
  const there = items.find((one) => one.name === NAME);
  if (there && there.state !== 'draft') return;
  const creative = await putCreative(admin, known, options);
  for (const id of interrupted)
    await ask(admin, 'PUT', `/api/admin/episodes/${id}/breaks`, EpisodeBreaks, {
      json: { breaks: BREAKS },
      signal,
    });
  const made =
    there ??
    (await ask(admin, 'POST', '/api/admin/campaigns', Campaign, {
      json: { name: NAME, advertiser: ADVERTISER, creativeEpisodeId: creative, pacing: 'asap' },
      signal,
    }));
  await ask(admin, 'POST', `/api/admin/campaigns/${made.id}/start`, Campaign, { signal });
}

/** What is shown is an episode of a title that stays a draft: uploaded, encoded and vouched for like any other. */
async function putCreative(
  admin: Api,
  known: Id<'title'> | undefined,
  options: FilmOptions,
): Promise<Id<'episode'>> {
  const { signal } = options;
  const title = { names: { main: ADVERTISER }, slug: 'kotori-tea', draft: true };
  const id = known ?? (await ask(admin, 'POST', '/api/admin/titles', AdminTitle, { json: title, signal })).id;
  const detail = await ask(admin, 'GET', `/api/admin/titles/${id}`, AdminTitleDetail, { signal });
  const episode =
    detail.episodeList[0] ??
    (await ask(admin, 'PUT', `/api/admin/titles/${id}/seasons/1/episodes/1`, AdminEpisode, {
      json: { name: NAME },
      signal,
    }));
  const { published } = await putEpisode(admin, episode, 1, {
    ...options,
    fileName: `${ADVERTISER}.mkv`,
    folder: join(options.folder, 'advert'),
    draw: async (film, path) => {
      const whole = await prepareFilm(film, options);
      const part = [
        '-ss',
        `${FROM_SECONDS}`,
        '-t',
        `${SECONDS}`,
        '-i',
        whole,
        '-map',
        '0:v:0',
        '-map',
        '0:a:0',
      ];
      const into = ['-c', 'copy', '-f', 'matroska', `${path}.new`];
      await must('Cutting the advertisement', 'ffmpeg', ['-v', 'error', '-y'].concat(part, into));
      await rename(`${path}.new`, path);
    },
  });
  await published;
  return episode.id;
}
