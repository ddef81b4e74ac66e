import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Attention } from '../../schema/api/rights-room.ts';
import type { Licence } from '../../schema/api/rights.ts';
import { sweep } from '../operations/sweeper.ts';
import { platform } from '../platform/platform.ts';
import type { LicenceRow } from '../playback/playback.fixture.ts';
import { episodeWith } from '../playback/playback.fixture.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';

const DAY = 86_400_000;
let token: string;
beforeAll(async () => {
  token = await bearer('editor');
});
const japan: LicenceRow = { countries: ['JP'] };
const read = async <T>(path: string): Promise<T> => {
  const answer = await call('GET', `/api/admin${path}`, { token });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return answer.json<T>();
};
type Page<T> = { items: T[]; next: string | null };
const attention = async (title: string, query = '') =>
  (await read<Page<Attention>>(`/rights/attention?limit=100${query}`)).items.filter(
    ({ titleId }) => titleId === `ttl_${title}`,
  );

describe('what needs somebody', () => {
  it('is what ends, stops for a while or is said twice in the days to come', async () => {
    const now = Date.now();
    await episodeWith('needs', [
      { ...japan, endsAt: now + 10 * DAY },
      { ...japan, startsAt: now + 20 * DAY, endsAt: now + 60 * DAY },
      { ...japan, startsAt: now + 50 * DAY, endsAt: now + 200 * DAY, maxHeight: 720 },
    ]);
    expect(await attention('needs')).toMatchObject([
      { kind: 'gap', at: now + 10 * DAY, until: now + 20 * DAY, days: 9, titleName: 'needs' },
      {
        kind: 'overlap',
        at: now + 50 * DAY,
        until: now + 60 * DAY,
        licenceIds: ['lic_needs1', 'lic_needs2'],
      },
    ]);
    expect(await attention('needs', '&days=300&kind=ending')).toMatchObject([
      {
        kind: 'ending',
        at: now + 200 * DAY,
        territories: { mode: 'include', countries: ['JP'] },
        episodes: [],
      },
    ]);
    expect(await attention('needs', '&days=9')).toEqual([]);
  });

  it('follows each change of a licence', async () => {
    await episodeWith('follows', []);
    const path = '/api/admin/titles/ttl_follows/licences';
    const world = { territories: { mode: 'exclude', countries: [] }, startsAt: null };
    const endsAt = Date.now() + DAY;
    const made = await call('POST', path, { token, json: { ...world, endsAt } });
    const { id } = await made.json<Licence>();
    expect(await attention('follows')).toMatchObject([{ kind: 'ending', licenceIds: [id], days: 0 }]);
    await call('POST', `/api/admin/licences/${id}/amend`, {
      token,
      json: { reason: 'prolonged', licence: { ...world, endsAt: null } },
    });
    expect(await attention('follows')).toEqual([]);
  });

  it('is swept away once it is over', async () => {
    const now = Date.now();
    await episodeWith('over', [{ ...japan, endsAt: now + 50 }]);
    const rows = () =>
      env.DB.prepare("select count(*) as n from rights_attention where title_id = 'ttl_over'").first('n');
    expect(await rows()).toBe(1);
    await new Promise((done) => setTimeout(done, 60));
    expect(await attention('over')).toEqual([]);
    await sweep(platform(env));
    expect(await rows()).toBe(0);
  });

  it('comes page by page, each once, in order', async () => {
    const now = Date.now();
    for (const n of [3, 1, 2]) await episodeWith(`paged${n}`, [{ ...japan, endsAt: now + n * DAY }]);
    const seen: Attention[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<Attention> = await read(
        `/rights/attention?limit=1&kind=ending${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      seen.push(...page.items);
      cursor = page.next;
    } while (cursor);
    const paged = seen.filter(({ titleId }) => titleId.startsWith('ttl_paged'));
    expect(paged.map(({ titleId }) => titleId)).toEqual(['ttl_paged1', 'ttl_paged2', 'ttl_paged3']);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
  });
});
