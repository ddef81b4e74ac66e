import { AdminEpisode, AdminTitle, AdminTitlePage } from '../../../schema/api/editing.ts';
import { Licence, Licences, type NewLicence } from '../../../schema/api/rights.ts';
import type { Id } from '../../../schema/ids.ts';
import { ask, type Api } from '../../api.ts';

/** Where an episode goes: its title and itself are found, or made. */
export async function place(
  api: Api,
  title: string,
  season: number,
  episode: number,
  say: (text: string) => void,
) {
  const titleId = (await findTitle(api, title)) ?? (await makeTitle(api, title, say));
  await ensureLicence(api, titleId, say);
  const { id } = await ask(
    api,
    'PUT',
    `/api/admin/titles/${titleId}/seasons/${season}/episodes/${episode}`,
    AdminEpisode,
    {
      json: {},
    },
  );
  return { titleId, episodeId: id };
}

async function findTitle(api: Api, name: string): Promise<Id<'title'> | null> {
  const query = new URLSearchParams({ q: name.slice(0, 100) });
  for (;;) {
    const { items, next } = await ask(api, 'GET', `/api/admin/titles?${query.toString()}`, AdminTitlePage);
    const found = items.find(({ names }) => [names.main, names.english, names.native].includes(name));
    if (found) return found.id;
    if (!next) return null;
    query.set('cursor', next);
  }
}

async function makeTitle(api: Api, name: string, say: (text: string) => void): Promise<Id<'title'>> {
  const { id } = await ask(api, 'POST', '/api/admin/titles', AdminTitle, { json: { names: { main: name } } });
  say(`“${name}” is a new title.`);
  return id;
}

/** Without a licence nothing may be watched anywhere. */
async function ensureLicence(api: Api, titleId: Id<'title'>, say: (text: string) => void): Promise<void> {
  const path = `/api/admin/titles/${titleId}/licences`;
  if ((await ask(api, 'GET', path, Licences)).items.length) return;
  const json: NewLicence = { territories: { mode: 'exclude', countries: [] }, startsAt: null, endsAt: null };
  await ask(api, 'POST', path, Licence, { json });
  say('It had no licence; now it may be watched everywhere, from now on.');
}
