import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as v from 'valibot';
import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { Security } from '../../schema/api/accounts.ts';
import { Play } from '../../schema/api/playback.ts';
import { users } from '../../schema/db/accounts.ts';
import app from '../app.ts';
import { database } from '../platform/db.ts';
import { ViewerAccount } from '../platform/viewer-account.ts';
import { episodeWith, subscribed, worldWide } from '../playback/playback.fixture.ts';
import { call } from '../testing/call.ts';
import { Browser, codeTo, newcomer, password } from './newcomer.fixture.ts';

/* What ends sessions ends what plays by them. How a stream ends has its own tests (edge/playback). */

const revoked = vi.spyOn(ViewerAccount.prototype, 'revoke');
const evicted = async () => {
  throw new Error('the object was evicted');
};
const ended = () => revoked.mock.calls.map(([{ because }]) => because);

beforeEach(() => {
  revoked.mockClear();
});

describe('streams end', () => {
  it('with a change of password', async () => {
    const mio = await newcomer('change@streams.test');
    const change = (given: string) =>
      mio.ask('PUT', '/api/me/password', { newPassword: 'a new and better one', password: given });
    expect((await change('not the password')).status).toBe(403);
    expect(ended()).toEqual([]);
    revoked.mockImplementationOnce(evicted);
    vi.spyOn(console, 'error').mockImplementationOnce(() => undefined);
    expect((await change(password)).status).toBe(500);
    revoked.mockClear();
    expect((await change(password)).status).toBe(204); // it is the old one still: it can be asked for again
    expect(new Set(ended())).toEqual(new Set(['signed-out']));
  });

  it('with a new password by a mailed code, though who asked for it has left meanwhile', async () => {
    const email = 'reset@streams.test';
    const mio = await newcomer(email);
    await mio.post('/api/auth/reset', { email });
    const code = await codeTo(email, 2);
    const goesOn: Promise<unknown>[] = [];
    const context = {
      ...createExecutionContext(),
      waitUntil: (work: Promise<unknown>) => void goesOn.push(work),
    };
    const json = JSON.stringify({ email, code, password: 'a new and better one' });
    const headers = { 'content-type': 'application/json' };
    const asked = new Request('https://engawa.test/api/auth/reset/finish', {
      method: 'POST',
      headers,
      body: json,
    });
    void app.fetch(asked, env, context);
    await vi.waitFor(() => expect(goesOn.length).toBeGreaterThan(0));
    await goesOn[0];
    expect(ended()).toEqual(['signed-out']);
  });

  it('when the owner of an address takes the account that somebody made of it, and only then', async () => {
    const email = 'claimed@streams.test';
    await newcomer(email, { verified: false });
    const byCode = async (mails: number) => {
      await new Browser().post('/api/auth/code', { email });
      const code = await codeTo(email, mails);
      return new Browser().post('/api/auth/sign-in/code', { email, code });
    };
    expect((await byCode(2)).status).toBe(200);
    expect(ended()).toEqual(['signed-out']);
    expect((await byCode(3)).status).toBe(200);
    expect(ended()).toHaveLength(1);
  });
});

describe('signing one device out', () => {
  /** Two browsers of one account, each playing. */
  async function twoDevices(name: string) {
    const { episodeId } = await episodeWith(name, [worldWide]);
    const first = await newcomer(`${name}@streams.test`);
    const second = new Browser();
    expect((await second.signIn(`${name}@streams.test`)).status).toBe(200);
    const email = `${name}@streams.test`;
    const [person] = await database(env.DB).select().from(users).where(eq(users.email, email));
    await subscribed(person!.id, name, 2);
    const play = async (on: Browser) => {
      const started = await on.post(`/api/episodes/${episodeId}/hls`);
      expect(started.status).toBe(200);
      const { masterUrl } = v.parse(Play, await started.json());
      return (period: number) =>
        call('GET', new URL(masterUrl).pathname.replace('master.m3u8', `key/${period}`));
    };
    return { first, second, play };
  }

  it('ends what plays on it, and nothing else; what it still holds begins no other play', async () => {
    const { first, second, play } = await twoDevices('signouthere');
    const [here, there] = [await play(first), await play(second)];
    expect([(await here(0)).status, (await there(0)).status]).toEqual([200, 200]);
    expect((await first.post('/api/auth/sign-out')).status).toBe(204);
    const refused = await here(1);
    expect(await refused.json()).toMatchObject({ code: 'stream-ended', because: 'signed-out' });
    expect((await there(1)).status).toBe(200);
  });

  it('from the list of devices does the same', async () => {
    const { first, second, play } = await twoDevices('signoutthere');
    const [here, there] = [await play(first), await play(second)];
    const { devices } = v.parse(Security, await (await first.ask('GET', '/api/me/security')).json());
    const other = devices.find(({ current }) => !current)!;
    expect((await first.ask('DELETE', `/api/me/devices/${other.id}`)).status).toBe(204);
    expect(await (await there(0)).json()).toMatchObject({ code: 'stream-ended', because: 'signed-out' });
    expect((await here(0)).status).toBe(200);
    expect((await first.ask('DELETE', `/api/me/devices/${other.id}`)).status).toBe(404);
  });

  it('stays to be asked for where streams could not be ended', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const mio = await newcomer('here-again@streams.test');
    revoked.mockImplementationOnce(evicted);
    expect((await mio.post('/api/auth/sign-out')).status).toBe(500);
    expect((await mio.ask('GET', '/api/me/security')).status).toBe(200);
    expect((await mio.post('/api/auth/sign-out')).status).toBe(204);
    expect((await mio.ask('GET', '/api/me/security')).status).toBe(401);
  });
});

describe('signing out everywhere', () => {
  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });

  it('can be asked for again where streams could not be ended', async () => {
    const mio = await newcomer('again@streams.test');
    revoked.mockImplementationOnce(evicted);
    expect((await mio.ask('DELETE', '/api/me/devices')).status).toBe(500);
    expect((await mio.ask('DELETE', '/api/me/devices')).status).toBe(204);
    expect(mio.cookie).not.toMatch(/engawa=|engawa-session=/);
  });

  it('takes the cookies along with the sessions, whatever comes after', async () => {
    const mio = await newcomer('cookies@streams.test');
    revoked.mockImplementationOnce(async () => 0).mockImplementationOnce(evicted);
    expect((await mio.ask('DELETE', '/api/me/devices')).status).toBe(500);
    expect(mio.cookie).not.toMatch(/engawa=|engawa-session=/);
  });
});
