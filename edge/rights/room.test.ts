import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import type {
  Attention,
  LicenceDetail,
  LicenceEffect,
  LicenceItem,
  LicensorDetail,
  Reach,
  World,
} from '../../schema/api/rights-room.ts';
import type { Decision, Licence } from '../../schema/api/rights.ts';
import { sweep } from '../operations/sweeper.ts';
import { platform } from '../platform/platform.ts';
import type { LicenceRow } from '../playback/playback.fixture.ts';
import { episodeWith } from '../playback/playback.fixture.ts';
import { call } from '../testing/call.ts';
import { counted } from '../testing/counted.ts';
import { bearer } from '../testing/sign-in.ts';

const DAY = 86_400_000;
let token: string;
beforeAll(async () => {
  token = await bearer('editor');
});
const japan: LicenceRow = { countries: ['JP'] };
const read = async <T>(path: string): Promise<T> => {
  const answer = await call('GET', `/api/admin${path}`, { token });
  expect(answer.status).toBe(200);
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
    await episodeWith('over', [{ ...japan, endsAt: Date.now() + DAY }]);
    const rows = () =>
      env.DB.prepare("select count(*) as n from rights_attention where title_id = 'ttl_over'").first('n');
    expect(await rows()).toBe(1);
    await env.DB.prepare("update rights_attention set at = 5, until = 5 where title_id = 'ttl_over'").run();
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

type Filters = Record<string, string | number>;
const licences = async (filters: Filters = {}) => {
  const all: LicenceItem[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({
      ...(filters as Record<string, string>),
      ...(cursor ? { cursor } : {}),
    });
    const page: Page<LicenceItem> = await read(`/licences?${query.toString()}`);
    all.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return all;
};

/** What a page reads of D1, beside who asks. */
const rowsRead = async (path: string) => {
  const ask = counted(token);
  await ask('GET', path); // the first of an isolate reads what is kept from then on
  return (await ask('GET', path)).count.rows;
};

describe('ten thousand of them', () => {
  const first = (page: string) => `/api/admin/rights/attention?limit=50${page}`;
  it('cost as much as fifty: a page reads what it answers', async () => {
    await episodeWith('many', []);
    const soon = Date.now() + DAY;
    await env.DB.prepare(
      `insert into rights_attention (title_id, number, kind, at, until, about)
       with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000)
       select 'ttl_many', 1000 + i, 'ending', ?1 + i * 60000, ?1 + i * 60000,
         '{"licenceIds":[],"territories":{"mode":"exclude","countries":[]},"models":[],"audio":null,"subtitles":null,"episodes":[]}' from n`,
    )
      .bind(soon)
      .run();
    const all = await read<Page<Attention>>('/rights/attention?limit=50&kind=ending');
    expect(all.items).toHaveLength(50);
    for (const page of ['', '&kind=ending', `&cursor=${all.next}`, `&kind=ending&cursor=${all.next}`])
      expect(await rowsRead(first(page))).toBeLessThan(250);
    await env.DB.prepare("delete from rights_attention where title_id = 'ttl_many'").run();
  });
});

describe('all licences', () => {
  const now = Date.now();
  const mine = (items: LicenceItem[]) => items.map(({ id }) => id).filter((id) => id.startsWith('lic_list'));
  beforeAll(async () => {
    await env.DB.prepare(
      "insert into licensors (id, name, created_at, updated_at) values ('lsr_listed', 'Studio =1+1', 1, 1)",
    ).run();
    await episodeWith('list', [
      { ...japan, endsAt: now + 5 * DAY, licensorId: 'lsr_listed' },
      { ...japan, startsAt: now + DAY, models: ['subscription'] },
      { territoryMode: 'exclude', countries: ['JP'], endsAt: now - DAY },
      { ...japan, endedAt: now - DAY, endedBecause: 'Amended: more' },
      { territoryMode: 'exclude', countries: [], amends: 'lic_list3', endsAt: now + 3 * DAY },
      { ...japan, endedAt: now - DAY, endedBecause: 'Revoked: over' },
    ]);
  });

  it('come page by page, the newest first, each once, with their state', async () => {
    const list = await licences({ limit: 2 });
    expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
    const ours = list.filter(({ id }) => id.startsWith('lic_list'));
    expect(ours.map(({ id }) => id)).toEqual([5, 4, 3, 2, 1, 0].map((n) => `lic_list${n}`));
    expect(ours.map(({ state }) => state)).toEqual([
      'revoked',
      'current',
      'amended',
      'over',
      'future',
      'current',
    ]);
    expect(ours.at(-1)).toMatchObject({ titleName: 'list', licensorName: 'Studio =1+1' });
  });

  it.each<[Filters, number[]]>([
    [{ licensor: 'lsr_listed' }, [0]],
    [{ territory: 'JP' }, [5, 4, 3, 1, 0]],
    [{ territory: 'FR' }, [4, 2]],
    [{ model: 'subscription' }, [1]],
    [{ state: 'current' }, [4, 0]],
    [{ state: 'future' }, [1]],
    [{ state: 'over' }, [2]],
    [{ state: 'amended' }, [3]],
    [{ state: 'revoked' }, [5]],
    [{ endsWithin: 7 }, [4, 0]],
    [{ endsWithin: 4 }, [4]],
    [{ endsWithin: 7, territory: 'JP', licensor: 'lsr_listed', state: 'current', model: 'free' }, [0]],
  ])('are narrowed by %o', async (filters, numbers) => {
    const expected = numbers.map((n) => `lic_list${n}`);
    expect(mine(await licences(filters))).toEqual(expected);
    expect(mine(await licences({ ...filters, limit: 1 }))).toEqual(expected);
  });

  it('refuse a cursor of another order', async () => {
    const { next } = await read<Page<LicenceItem>>('/licences?limit=1');
    const answer = await call('GET', `/api/admin/licences?endsWithin=9&cursor=${next}`, { token });
    expect(answer.status).toBe(400);
  });

  it('leave as CSV that no spreadsheet runs', async () => {
    const answer = await call('GET', '/api/admin/licences.csv?licensor=lsr_listed', { token });
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="licences-/);
    const [head, line, ...rest] = (await answer.text()).split('\r\n');
    expect(head!.replace('\uFEFF', '')).toMatch(/^id,state,title,title_id,licensor,/);
    expect(line).toContain('lic_list0,current,list,ttl_list,Studio =1+1,,,,JP,,');
    expect(line).toContain(new Date(now + 5 * DAY).toISOString());
    expect(rest).toEqual(['']);
  });

  it('show what amended each other', async () => {
    const one = await read<LicenceDetail>('/licences/lic_list3');
    expect(one).toMatchObject({ state: 'amended', titleSlug: 'list' });
    expect(one.history.map(({ id, state }) => [id, state])).toEqual([
      ['lic_list3', 'amended'],
      ['lic_list4', 'current'],
    ]);
    expect((await call('GET', '/api/admin/licences/lic_00000', { token })).status).toBe(404);
  });
});

describe('the world', () => {
  it('is one answer of decide for each country', async () => {
    const { episodeId } = await episodeWith('worldly', [
      { ...japan },
      { countries: ['FR'], models: ['subscription'] },
      { countries: ['DE'], startsAt: Date.now() + DAY },
      { countries: ['IT'], endsAt: 5 },
    ]);
    for (const path of [`/episodes/${episodeId}`, '/titles/ttl_worldly']) {
      const { countries, episodes } = await read<World>(`${path}/world`);
      expect(episodes).toBe(1);
      const state = (code: string | null) => countries.find(({ country }) => country === code)!.state;
      expect(['JP', 'FR', 'DE', 'IT', 'US', null].map(state)).toEqual([
        'open',
        'plan',
        'not-yet',
        'ended',
        'never',
        'never',
      ]);
      for (const country of ['JP', 'FR', 'DE', 'IT', 'US']) {
        const one = await read<Decision>(`/episodes/${episodeId}/decision?country=${country}`);
        expect(one.granted).toBe(state(country) === 'open');
      }
    }
  });

  it('can be asked as if all were published', async () => {
    const { episodeId } = await episodeWith('draft', [japan], { published: false });
    const at = async (query: string) =>
      (await read<World>(`/episodes/${episodeId}/world${query}`)).countries.find(
        ({ country }) => country === 'JP',
      )!;
    expect((await at('')).state).toBe('unpublished');
    expect((await at('?asIfPublished=yes')).state).toBe('open');
    const decision = `/episodes/${episodeId}/decision?country=JP`;
    expect((await read<Decision>(decision)).reason).toBe('not-found');
    expect(await read<Decision>(`${decision}&asIfPublished=yes`)).toMatchObject({
      granted: true,
      episode: { titleName: 'draft', season: 1, number: 1 },
    });
    expect((await read<Decision>(`${decision}&signedOut=yes`)).reason).toBe('not-signed-in');
  });

  it('says when an answer changes', async () => {
    const endsAt = Date.now() + DAY;
    const { episodeId } = await episodeWith('changing', [{ ...japan, endsAt }]);
    const one = await read<Decision>(`/episodes/${episodeId}/decision?country=JP`);
    expect(one.changesAt).toBe(endsAt);
    expect(
      (await read<Decision>(`/episodes/${episodeId}/decision?country=JP&at=${endsAt}`)).changesAt,
    ).toBeNull();
  });

  it('says what revoking would close', async () => {
    await episodeWith('closing', [
      { countries: ['JP', 'FR'] },
      { countries: ['FR'], models: ['subscription'] },
    ]);
    expect(await read<LicenceEffect>('/licences/lic_closing0/effect')).toEqual({
      episodes: 1,
      watching: 0,
      closes: ['JP'],
    });
  });

  it('knows of how many titles something may be listed where', async () => {
    const at = async (country: string) => {
      const { countries, titles } = await read<Reach>('/rights/reach');
      return [countries.find((one) => one.country === country)!.titles, titles] as const;
    };
    const [before, all] = await at('IS');
    const json = { names: { main: 'Reaching' } };
    const made = await call('POST', '/api/admin/titles', { token, json });
    const { id } = await made.json<{ id: string }>();
    const licence = { territories: { mode: 'include', countries: ['IS'] }, startsAt: null, endsAt: null };
    await call('POST', `/api/admin/titles/${id}/licences`, { token, json: licence });
    expect(await at('IS')).toEqual([before + 1, all + 1]);
  });
});

it('a licensor shows what it holds back', async () => {
  await episodeWith('heldby', [japan]);
  const json = {
    territories: { mode: 'exclude', countries: [] },
    startsAt: null,
    endsAt: null,
    licensorId: 'lsr_listed',
  };
  await call('POST', '/api/admin/titles/ttl_heldby/holdbacks', { token, json });
  expect(await read<LicensorDetail>('/licensors/lsr_listed')).toMatchObject({
    name: 'Studio =1+1',
    holdbacks: [{ titleName: 'heldby' }],
  });
});
