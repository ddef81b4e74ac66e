import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, vi } from 'vitest';
import app from '../app.ts';

export const nothing: Count = { d1: 0, rows: 0, r2: 0, kv: 0, objects: 0, signatures: 0 };

/** What one request took: D1 round trips and rows read, reads of R2 and KV, calls of Durable Objects, signatures made for the CDN. */
export type Count = { d1: number; rows: number; r2: number; kv: number; objects: number; signatures: number };

/** The Worker with its bindings wrapped, so that everything it reads is counted; each request is somebody's with `token`. */
export function counted(token: string) {
  const count: Count = { ...nothing };
  const statement = (inner: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(inner, {
      get(target, name) {
        if (name === 'bind') return (...values: unknown[]) => statement(target.bind(...values));
        if (name === 'raw' || name === 'all')
          return async (...options: []) => {
            const { meta } = await target.all();
            count.d1 += 1;
            count.rows += meta.rows_read;
            return target[name](...options);
          };
        if (name === 'run')
          return async () => {
            const result = await target.run();
            count.d1 += 1;
            count.rows += result.meta.rows_read;
            return result;
          };
        throw new Error(`D1PreparedStatement.${String(name)} is not counted`);
      },
    });
  const watch = <T extends object>(inner: T, key: 'r2' | 'kv'): T =>
    new Proxy(inner, {
      get(target, name) {
        count[key] += 1;
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      },
    });
  const called = (inner: DurableObjectNamespace): DurableObjectNamespace =>
    new Proxy(inner, {
      get(target, name) {
        if (name !== 'getByName') throw new Error(`DurableObjectNamespace.${String(name)} is not counted`);
        count.objects += 1; // each call is made on a stub of its own
        return target.getByName.bind(target);
      },
    });
  const wrapped: Env = {
    ...env,
    DB: new Proxy(env.DB, {
      get(target, name) {
        if (name === 'prepare') return (sql: string) => statement(target.prepare(sql));
        throw new Error(`D1Database.${String(name)} is not counted`);
      },
    }),
    BUCKET: watch(env.BUCKET, 'r2'),
    KV: watch(env.KV, 'kv'),
    VIEWER_ACCOUNT: called(env.VIEWER_ACCOUNT),
  };
  const fetch = async (method: string, path: string, json?: unknown) => {
    Object.assign(count, nothing);
    const puts = vi.spyOn(caches.default, 'put');
    const request = new Request(`https://engawa.test${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      cf: { country: 'JP' } as CfProperties,
    });
    const context = createExecutionContext();
    const answer = await app.fetch(request, wrapped, context);
    await waitOnExecutionContext(context);
    expect(answer.status).toBe(200);
    // Each signature that is made is kept, so what is kept counts what was made.
    count.signatures = puts.mock.calls.filter(([key]) =>
      (key instanceof Request ? key.url : key.toString()).includes('/signature/'),
    ).length;
    puts.mockRestore();
    return { answer, count: { ...count } };
  };
  return fetch;
}
