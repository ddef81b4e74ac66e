import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AdminTitle } from '../../schema/api/editing.ts';
import type { Holdback, Licence, NewLicence } from '../../schema/api/rights.ts';
import { titles } from '../../schema/db/catalog.ts';
import { licences } from '../../schema/db/rights.ts';
import { sweep } from '../operations/sweeper.ts';
import { database } from '../platform/db.ts';
import { platform } from '../platform/platform.ts';
import { call } from '../testing/call.ts';
import { licensed } from '../testing/licensed.ts';
import { bearer } from '../testing/sign-in.ts';
import { listAnew } from './listing.ts';

const db = database(env.DB);
let token: string;
beforeAll(async () => {
  token = await bearer('editor');
});
let made = 0;
const title = async () => {
  made += 1;
  const answer = await call('POST', '/api/admin/titles', {
    token,
    json: { names: { main: `Listed ${made}` } },
  });
  return answer.json<AdminTitle>();
};
const shown = async (id: AdminTitle['id']) => {
  const [row] = await db
    .select({ shownIn: titles.shownIn, shownUntil: titles.shownUntil })
    .from(titles)
    .where(eq(titles.id, id));
  return [row!.shownIn, row!.shownUntil];
};
const ask = async <T>(method: string, path: string, json?: unknown, status = 201): Promise<T> => {
  const answer = await call(method, `/api/admin${path}`, { token, ...(json === undefined ? {} : { json }) });
  expect(answer.status).toBe(status);
  return answer.status === 204 ? (undefined as T) : answer.json<T>();
};
const DAY = 86_400_000;
const later = Date.now() + 9 * DAY;
const within = (
  mode: 'include' | 'exclude',
  countries: string[],
  endsAt: number | null = null,
): NewLicence => ({
  territories: { mode, countries },
  startsAt: null,
  endsAt,
});

describe('where a title may be listed', () => {
  it('follows each change of its licences', async () => {
    const { id } = await title();
    expect(await shown(id)).toEqual(['', null]);
    const japan = await ask<Licence>('POST', `/titles/${id}/licences`, within('include', ['JP'], later));
    expect(await shown(id)).toEqual([' JP ', later]);
    const world = await ask<Licence>('POST', `/titles/${id}/licences`, within('exclude', []));
    expect(await shown(id)).toEqual(['*', null]);
    const amended = { reason: 'narrower', licence: within('include', ['US', 'JP']) };
    const both = await ask<Licence>('POST', `/licences/${world.id}/amend`, amended);
    expect(await shown(id)).toEqual([' JP US ', null]);
    await ask('POST', `/licences/${both.id}/revoke`, { reason: 'over' }, 200);
    expect(await shown(id)).toEqual([' JP ', later]);
    await ask('POST', `/licences/${japan.id}/revoke`, { reason: 'over' }, 200);
    expect(await shown(id)).toEqual(['', null]);
  });

  it('follows each change of what is held back', async () => {
    const { id } = await title();
    await licensed(id, { territoryMode: 'include', countries: ['JP', 'US'] });
    const held = await ask<Holdback>('POST', `/titles/${id}/holdbacks`, within('include', ['US']));
    expect(await shown(id)).toEqual([' JP ', null]);
    await ask('PUT', `/holdbacks/${held.id}`, within('include', ['JP']), 200);
    expect(await shown(id)).toEqual([' US ', null]);
    await ask('DELETE', `/holdbacks/${held.id}`, undefined, 204);
    expect(await shown(id)).toEqual([' JP US ', null]);
  });

  it('counts a window that is still to begin', async () => {
    const { id } = await title();
    await licensed(id, { startsAt: later, endsAt: later + DAY });
    expect(await shown(id)).toEqual(['*', later + DAY]);
  });

  it('is reckoned anew by the sweeper when a licence ends by itself', async () => {
    const { id } = await title();
    await licensed(id, { territoryMode: 'include', countries: ['JP'], endsAt: later });
    await licensed(id, { territoryMode: 'include', countries: ['FR'] });
    expect(await shown(id)).toEqual([' FR JP ', later]);
    const then = Object.create(platform(env), { now: { value: () => later } }) as ReturnType<typeof platform>;
    await sweep(then);
    expect(await shown(id)).toEqual([' FR ', null]);
  });

  it('is put right by the sweeper where a change broke off after it was written', async () => {
    const { id } = await title();
    await licensed(id);
    await db.update(licences).set({ endedAt: 1 }).where(eq(licences.titleId, id));
    await db.update(titles).set({ shownUntil: 0 }).where(eq(titles.id, id)); // as `listingDue` leaves it
    await sweep(platform(env));
    expect(await shown(id)).toEqual(['', null]);
  });

  it('is right in the end, however many change it at once', async () => {
    const { id } = await title();
    const codes = ['JP', 'US', 'FR', 'DE', 'BR', 'KR'];
    await Promise.all(codes.map((code) => ask('POST', `/titles/${id}/licences`, within('include', [code]))));
    await sweep(platform(env));
    expect(await shown(id)).toEqual([` ${codes.toSorted().join(' ')} `, null]);
    await listAnew(platform(env), 'ttl_nowhere');
  });
});
