import { env } from 'cloudflare:workers';
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { beforeAll, expect, it } from 'vitest';
import app from '../app.ts';
import { fan, titleWith, type Fan, type Made } from './library.fixture.ts';

let [mio, title]: [Fan, Made] = [null!, null!];
beforeAll(async () => {
  mio = await fan();
  title = await titleWith(3, { status: 'airing' });
  await mio.says(title, { followed: true });
  await mio.ask('POST', '/api/me/watched', { episodeId: title.episodes[0], watched: true });
});

/** Round trips to D1, and calls of the account's object, that one request takes. */
async function costOf(method: string, path: string, json?: unknown): Promise<[d1: number, objects: number]> {
  const count = { d1: 0, objects: 0 };
  const counting = (inner: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(inner, {
      get(target, name) {
        if (name === 'bind') return (...values: unknown[]) => counting(target.bind(...values));
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...options: unknown[]): unknown => {
          count.d1 += 1;
          return Reflect.apply(member, target, options);
        };
      },
    });
  const plain = new WeakMap<D1PreparedStatement, D1PreparedStatement>();
  const outside: Env = {
    ...env,
    DB: new Proxy(env.DB, {
      get(target, name) {
        if (name === 'batch')
          return (statements: D1PreparedStatement[]) => {
            count.d1 += 1;
            return target.batch(statements.map((one) => plain.get(one) ?? one));
          };
        if (name !== 'prepare') throw new Error(`D1Database.${String(name)} is not counted`);
        return (sql: string) => watched(target.prepare(sql));
      },
    }),
    VIEWER_ACCOUNT: new Proxy(env.VIEWER_ACCOUNT, {
      get(target, name) {
        if (name !== 'getByName') throw new Error(`DurableObjectNamespace.${String(name)} is not counted`);
        count.objects += 1;
        return target.getByName.bind(target);
      },
    }),
  };
  /** Batches send the statements themselves. */
  function watched(inner: D1PreparedStatement): D1PreparedStatement {
    const proxy = new Proxy(counting(inner), {
      get(target, name) {
        if (name === 'bind') return (...values: unknown[]) => watched(inner.bind(...values));
        return Reflect.get(target, name) as unknown;
      },
    });
    plain.set(proxy, inner);
    return proxy;
  }
  const context = createExecutionContext();
  const headers = { authorization: `Bearer ${mio.token}`, 'content-type': 'application/json' };
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  const request = new Request(`https://engawa.test${path}`, { method, headers, ...body });
  const answer = await app.fetch(request, outside, context);
  await waitOnExecutionContext(context);
  expect(answer.status).toBeLessThan(300);
  return [count.d1, count.objects];
}

it('what is read of a profile is read in the round trip that finds out which it is', async () => {
  expect(await costOf('GET', '/api/me/continue')).toEqual([2, 1]); // the second for the cards
  expect(await costOf('GET', `/api/me/titles/${title.id}`)).toEqual([1, 1]);
  expect(await costOf('GET', '/api/me/history')).toEqual([1, 1]);
  expect(await costOf('GET', '/api/me/watchlist')).toEqual([1, 0]);
  expect(await costOf('GET', '/api/me/notices')).toEqual([1, 0]);
});

it('what is changed takes one more, and one for the guard', async () => {
  const watched = { episodeId: title.episodes[1], watched: true };
  expect(await costOf('POST', '/api/me/watched', watched)).toEqual([3, 1]);
  expect(await costOf('PUT', `/api/me/watchlist/${title.id}`, { score: 7 })).toEqual([4, 0]);
  expect(await costOf('DELETE', `/api/me/history/${title.episodes[1]}`)).toEqual([3, 1]);
});
