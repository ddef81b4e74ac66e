import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ViewerAccount } from '../platform/viewer-account.ts';
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
    expect((await change(password)).status).toBe(204);
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
