import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, it, vi } from 'vitest';
import { fetched, keep, remembered, type Kept } from './kept.ts';
import { platform, type Platform } from './platform.ts';

const kept = (text: string): Kept => ({
  generation: 7,
  until: Date.now() + 60_000,
  etag: 'W/"x"',
  type: 'application/json',
  body: new TextEncoder().encode(text).slice(),
});
/** Another machine: it remembers nothing; `cold`, and neither does its location. `version`: of which deployment. */
const elsewhere = (origin: string, cold: boolean, version = 'first'): Platform => {
  const { settings, kv, edgeCache, now } = platform(env);
  const empty: Partial<Cache> = { match: async () => undefined };
  const cache = cold ? (empty as Cache) : edgeCache;
  return {
    settings: { ...settings, origin, version },
    kv,
    now,
    edgeCache: cache,
  } as Partial<Platform> as Platform;
};
async function keptAt(where: Platform, name: string, text: string, snapshot: boolean) {
  const context = createExecutionContext();
  keep(where, name, kept(text), { seconds: 60, snapshot, later: (work) => context.waitUntil(work) });
  await waitOnExecutionContext(context);
}
const text = (found: Kept | null | undefined) => found && new TextDecoder().decode(found.body);

it('is found in memory, at this location, and in KV where it stands there, by its generation alone', async () => {
  const here = elsewhere('https://here.test', false);
  await keptAt(here, 'home', '{"a":"縁側"}', true);
  await keptAt(here, 'page', '{"b":1}', false);
  expect(text(remembered(here, 'home'))).toBe('{"a":"縁側"}');
  expect(text(await fetched(here, 'page', 7, false))).toBe('{"b":1}');
  expect(await fetched(here, 'page', 8, false)).toBeNull();

  const cold = elsewhere('https://cold.test', true);
  expect(remembered(cold, 'home')).toBeUndefined();
  expect(text(await fetched(cold, 'home', 7, true))).toBe('{"a":"縁側"}');
  expect(text(remembered(cold, 'home'))).toBe('{"a":"縁側"}');
  expect(await fetched(cold, 'home', 8, true)).toBeNull();
  expect(await fetched(cold, 'home', 7, false)).toBeNull();
  expect(await fetched(cold, 'page', 7, true)).toBeNull();
});

it('is for the deployment that kept it: another may answer in another shape', async () => {
  await keptAt(elsewhere('https://deployed.test', false), 'shape', '{"old":1}', true);
  const deployed = (cold: boolean, version: string) =>
    fetched(
      elsewhere(cold ? 'https://cold-deployed.test' : 'https://deployed.test', cold, version),
      'shape',
      7,
      true,
    );
  for (const cold of [false, true]) {
    expect(await deployed(cold, 'second')).toBeNull();
    expect(text(await deployed(cold, 'first'))).toBe('{"old":1}');
  }
});

it('is written to KV when it changed, not each time that it is made anew; and is good there for longer', async () => {
  const here = elsewhere('https://written.test', false);
  const puts = vi.spyOn(here.kv, 'put');
  const key = 'what is made each minute';
  const made = (etag: string, until: number) => ({ ...kept(etag), etag, until });
  const keepNow = async (answer: Kept) => {
    const context = createExecutionContext();
    const later = (work: Promise<unknown>) => context.waitUntil(work);
    keep(here, key, answer, { seconds: 60, snapshot: true, later });
    await waitOnExecutionContext(context);
  };
  const over = Date.now() - 1;
  await keepNow(made('W/"a"', over));
  await keepNow(made('W/"a"', over));
  expect(puts).toHaveBeenCalledTimes(1);
  await keepNow(made('W/"b"', over));
  expect(puts).toHaveBeenCalledTimes(2);
  const cold = elsewhere('https://cold-still.test', true);
  expect(await fetched(cold, key, 7, true)).toMatchObject({ etag: 'W/"b"' });
  expect(remembered(cold, key)!.until).toBeGreaterThan(Date.now());
  puts.mockRestore();
});
