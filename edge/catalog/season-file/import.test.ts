import { beforeAll, expect, it } from 'vitest';
import type { AdminTitle, AdminTitleDetail, SeasonImport } from '../../../schema/api/editing.ts';
import { call } from '../../testing/call.ts';
import { bearer } from '../../testing/sign-in.ts';

let token: string;
beforeAll(async () => {
  token = await bearer('editor');
});
const make = async (main: string): Promise<AdminTitle> =>
  (await call('POST', '/api/admin/titles', { token, json: { names: { main } } })).json();
const read = async (id: string): Promise<AdminTitleDetail> =>
  (await call('GET', `/api/admin/titles/${id}`, { token })).json();
const send = (id: string, body: BodyInit, { dryRun = false, type = 'text/csv' } = {}) =>
  call('POST', `/api/admin/titles/${id}/import?dryRun=${dryRun}`, {
    token,
    body,
    headers: { 'content-type': type },
  });
const imported = async (...given: Parameters<typeof send>): Promise<SeasonImport> => {
  const answer = await send(...given);
  expect(answer.status).toBe(200);
  return answer.json();
};

const SEASON =
  'season,number,name,name.ja,airsAt,kind\n1,1,Dawn,夜明け,2026-04-05T23:30:00+09:00,\n1,2,Noon,,,recap\n2,1,Dusk,,,\n';

it('says what it would do, does it, and may be sent again', async () => {
  const { id } = await make('Imported');
  const dry = await imported(id, SEASON, { dryRun: true });
  expect(dry).toMatchObject({ applied: false, rows: [{ fate: 'new' }, { fate: 'new' }, { fate: 'new' }] });
  expect((await read(id)).episodeList).toEqual([]);
  expect(await imported(id, SEASON)).toEqual({ ...dry, applied: true });
  const { episodeList, seasonList } = await read(id);
  expect(seasonList.map(({ number }) => number)).toEqual([1, 2]);
  expect(episodeList).toMatchObject([
    {
      season: 1,
      number: 1,
      name: 'Dawn',
      kind: 'story',
      airsAt: Date.UTC(2026, 3, 5, 14, 30),
      translations: { ja: { name: '夜明け', synopsis: null } },
      revision: 1,
    },
    { season: 1, number: 2, kind: 'recap', airsAt: null },
    { season: 2, number: 1 },
  ]);
  const again = await imported(id, SEASON);
  expect(again.rows.map(({ fate }) => fate)).toEqual(['same', 'same', 'same']);
  expect((await read(id)).episodeList.map(({ revision }) => revision)).toEqual([1, 1, 1]);
});

it('changes what a row names, and leaves the rest', async () => {
  const { id } = await make('Imported Changes');
  await imported(id, SEASON);
  const change = 'season,number,name,name.ja,synopsis.ja\n1,1,,日の出,朝が来る。\n';
  const { rows } = await imported(id, change);
  expect(rows[0]?.changes).toEqual([
    { field: 'name.ja', before: '夜明け', after: '日の出' },
    { field: 'synopsis.ja', before: null, after: '朝が来る。' },
  ]);
  const [first] = (await read(id)).episodeList;
  expect(first).toMatchObject({
    name: 'Dawn',
    airsAt: Date.UTC(2026, 3, 5, 14, 30),
    translations: { ja: { name: '日の出', synopsis: '朝が来る。' } },
    revision: 2,
  });
});

it('does nothing where one row is refused', async () => {
  const { id } = await make('Imported Half');
  const answer = await imported(id, 'season,number,name\n1,1,Good\n1,x,Bad\n');
  expect(answer).toMatchObject({ applied: false, rows: [{ fate: 'new' }, { fate: 'refused' }] });
  expect((await read(id)).episodeList).toEqual([]);
});

it('goes out as CSV and as JSON, and comes in again as it was', async () => {
  const { id, slug } = await make('Exported');
  await imported(id, SEASON);
  for (const [format, type] of [
    ['csv', 'text/csv'],
    ['json', 'application/json'],
  ] as const) {
    const file = await call('GET', `/api/admin/titles/${id}/export?format=${format}`, { token });
    expect(file.headers.get('content-type')).toContain(type);
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${slug}.${format}"`);
    const { rows, applied } = await imported(id, await file.arrayBuffer(), { type });
    expect([applied, ...rows.map(({ fate }) => fate)]).toEqual([true, 'same', 'same', 'same']);
  }
});

it('takes a thousand rows with long texts in one transaction', async () => {
  const { id } = await make('Imported Long');
  const synopsis = '縁'.repeat(600);
  const rows = Array.from({ length: 1000 }, (_, n) => ({
    season: 1,
    number: n + 1,
    synopsis,
    'name.ja': `${n}`,
  }));
  const sent = JSON.stringify(rows);
  const { applied } = await imported(id, sent, { type: 'application/json' });
  expect(applied).toBe(true);
  const { episodeList } = await read(id);
  expect(episodeList).toHaveLength(1000);
  expect(episodeList.at(-1)).toMatchObject({ synopsis, translations: { ja: { name: '999' } } });
});

it('meets another import of the same season without losing a row', async () => {
  const { id } = await make('Imported Twice At Once');
  const half = (column: string) =>
    `season,number,${column}\n${Array.from({ length: 20 }, (_, n) => `1,${n + 1},${column} ${n}`).join('\n')}\n`;
  const answers = await Promise.all([imported(id, half('name')), imported(id, half('synopsis'))]);
  expect(answers.map(({ applied }) => applied)).toEqual([true, true]);
  const { episodeList } = await read(id);
  expect(episodeList).toHaveLength(20);
  for (const [n, one] of episodeList.entries())
    expect(one).toMatchObject({ name: `name ${n}`, synopsis: `synopsis ${n}` });
});

it('refuses what is no such file, in words', async () => {
  const { id } = await make('Imported Badly');
  const refused = async (...given: Parameters<typeof send>) => {
    const answer = await send(...given);
    return [answer.status, (await answer.json<{ detail: string }>()).detail];
  };
  expect(await refused(id, '{"a":1}', { type: 'application/json' })).toEqual([
    400,
    expect.stringContaining('a list'),
  ]);
  expect(await refused(id, '[', { type: 'application/json' })).toEqual([
    400,
    expect.stringContaining('JSON'),
  ]);
  expect(await refused(id, 'PK\u0003\u0004')).toEqual([400, expect.stringContaining('Excel workbook')]);
  expect((await send(id, SEASON, { type: 'application/xml' })).status).toBe(415);
  expect((await send('ttl_nowhere', SEASON)).status).toBe(404);
});
