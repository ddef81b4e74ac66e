import { beforeAll, expect, it } from 'vitest';
import type { Licence } from '../../schema/api/editing.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';

let token: string;
let path: string;
beforeAll(async () => {
  token = await bearer('editor');
  const made = await call('POST', '/api/admin/titles', { token, json: { names: { main: 'Licensed' } } });
  path = `/api/admin/titles/${(await made.json<{ id: string }>()).id}/licences`;
});
const world = { territories: { mode: 'exclude', countries: [] }, startsAt: null, endsAt: null };
const list = async () => (await (await call('GET', path, { token })).json<{ items: Licence[] }>()).items;

it('keeps licences by start and takes them away', async () => {
  const made = await call('POST', path, { token, json: world });
  expect(made.status).toBe(201);
  const { id } = await made.json<Licence>();
  await call('POST', path, {
    token,
    json: {
      territories: { mode: 'include', countries: ['JP', 'FR', 'JP'] },
      startsAt: 1_000,
      endsAt: 2_000,
      maxHeight: 1080,
      audioLanguages: ['ja'],
    },
  });
  expect(await list()).toMatchObject([
    { id, ...world, maxHeight: null },
    { territories: { mode: 'include', countries: ['JP', 'FR'] }, startsAt: 1_000, audioLanguages: ['ja'] },
  ]);
  expect((await call('DELETE', `/api/admin/licences/${id}`, { token })).status).toBe(204);
  expect((await call('DELETE', `/api/admin/licences/${id}`, { token })).status).toBe(404);
  expect(await list()).toHaveLength(1);
});

it.each([
  [
    'countries that are none',
    { ...world, territories: { mode: 'include', countries: ['Japan'] } },
    '/territories/countries/0',
  ],
  ['an include of nowhere', { ...world, territories: { mode: 'include', countries: [] } }, '/territories'],
  ['a window that ends before it begins', { ...world, startsAt: 2, endsAt: 2 }, '/endsAt'],
  ['a height of nothing', { ...world, maxHeight: 0 }, '/maxHeight'],
  ['a language that is none', { ...world, audioLanguages: ['Japanese!'] }, '/audioLanguages/0'],
])('refuses %s', async (_, json, pointer) => {
  const answer = await call('POST', path, { token, json });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ errors: [{ pointer }] });
});

it('knows which titles there are', async () => {
  const nowhere = '/api/admin/titles/ttl_0000000/licences';
  expect((await call('GET', nowhere, { token })).status).toBe(404);
  expect((await call('POST', nowhere, { token, json: world })).status).toBe(404);
});
