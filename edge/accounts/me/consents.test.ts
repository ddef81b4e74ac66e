import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import type { Consents } from '../../../schema/api/me.ts';
import { currentTexts } from '../../../schema/api/me.ts';
import { platform } from '../../platform/platform.ts';
import { call } from '../../testing/call.ts';
import { recordConsents, standing } from './consents.ts';
import { codeOf, password, somebody, type Somebody } from './me.fixture.ts';

const read = async ({ ask }: Somebody) => (await ask('GET', '/api/me/consents')).json<Consents>();
const given = ({ current }: Consents) => Object.fromEntries(current.map((c) => [c.kind, c.given]));
const newsletter = (given: boolean) => ({ kind: 'newsletter', version: currentTexts.newsletter, given });

describe('consents', () => {
  it('are kept with version and time; nothing was agreed to by saying nothing', async () => {
    const mio = await somebody();
    expect(await read(mio)).toMatchObject({ current: [{ given: false, at: null }, {}, {}], history: [] });
    await recordConsents(platform(env), mio.userId, ['terms', 'privacy']);
    const read1 = await read(mio);
    expect(given(read1)).toEqual({ terms: true, privacy: true, newsletter: false });
    expect(read1.history[0]!.at).toBeGreaterThan(Date.now() - 60_000);
    expect(read1.history.map((c) => c.version)).toEqual([currentTexts.privacy, currentTexts.terms]);
  });

  it('to terms and privacy are given by signing up, to no newsletter', async () => {
    const json = { name: 'Mio', email: 'consenting@engawa.test', password };
    expect((await call('POST', '/api/auth/sign-up', { json })).status).toBe(202);
    const signedIn = await call('POST', '/api/auth/sign-in', { json: { email: json.email, password } });
    const cookie = signedIn.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    await vi.waitFor(async () => {
      const answer = await call('GET', '/api/me/consents', { headers: { cookie } });
      expect(given(await answer.json<Consents>())).toEqual({ terms: true, privacy: true, newsletter: false });
    });
  });

  it('to a newsletter are given and taken back, and each time is kept', async () => {
    const mio = await somebody();
    for (const wish of [true, false, true, false])
      expect(await codeOf(mio.ask('POST', '/api/me/consents', newsletter(wish)))).toBe(200);
    const all = await read(mio);
    expect(all.history.map((c) => c.given)).toEqual([false, true, false, true]);
    expect(given(all)).toMatchObject({ newsletter: false });
  });

  it('that are sent twice, or many times at once, are kept once', async () => {
    const mio = await somebody();
    await Promise.all(Array.from({ length: 6 }, () => mio.ask('POST', '/api/me/consents', newsletter(true))));
    await recordConsents(platform(env), mio.userId, ['newsletter']);
    expect((await read(mio)).history).toHaveLength(1);
  });

  it.each([
    ['a text that is not shown any more', { kind: 'terms', version: '2020-01-01', given: true }, 'conflict'],
    ['taking the terms back', { kind: 'terms', version: currentTexts.terms, given: false }, 'conflict'],
    [
      'taking the privacy notice back',
      { kind: 'privacy', version: currentTexts.privacy, given: false },
      'conflict',
    ],
    ['a kind we do not have', { kind: 'soul', version: '2026-11-01', given: true }, 'invalid-request'],
    ['a version that is no date', { kind: 'terms', version: "' or 1=1 --", given: true }, 'invalid-request'],
    ['a maybe', { kind: 'terms', version: currentTexts.terms, given: 'yes' }, 'invalid-request'],
  ])('refuse %s', async (_, json, code) => {
    const mio = await somebody();
    expect(await codeOf(mio.ask('POST', '/api/me/consents', json))).toBe(code);
    expect((await read(mio)).history).toEqual([]);
  });

  it('to an older text count no more once it has changed, a newsletter’s do', () => {
    const old = { version: '2020-01-01', given: true, at: 1 };
    const now = standing([
      { kind: 'terms', ...old },
      { kind: 'newsletter', ...old },
    ]);
    expect(now.map((c) => [c.kind, c.given])).toEqual([
      ['terms', false],
      ['privacy', false],
      ['newsletter', true],
    ]);
  });
});
