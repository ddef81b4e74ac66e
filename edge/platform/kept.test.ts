import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { fetched, keep, remembered, type Kept } from './kept.ts';
import { platform, type Platform } from './platform.ts';

const kept = (text: string): Kept => ({
  generation: 7,
  until: Date.now() + 60_000,
  etag: 'W/"x"',
  type: 'application/json',
  body: new TextEncoder().encode(text).slice(),
});
/** Another machine: it remembers nothing; `cold`, and neither does its location. */
const elsewhere = (origin: string, cold: boolean): Platform => {
  const { settings, kv, edgeCache } = platform(env);
  const empty: Partial<Cache> = { match: async () => undefined };
  const cache = cold ? (empty as Cache) : edgeCache;
  return { settings: { ...settings, origin }, kv, edgeCache: cache } as Partial<Platform> as Platform;
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
