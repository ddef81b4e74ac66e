import { env } from 'cloudflare:workers';
import { beforeAll, expect, it, vi } from 'vitest';
import { call } from '../testing/call.ts';

// 4 × 2 pixels of one grey.
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAACCAAAAABawyK/AAAADklEQVR4nGNoAAIGEAEAFAoEAeiOg+cAAAAASUVORK5CYII=';
const file = `${'a'.repeat(64)}.png`;
const broken = `${'b'.repeat(64)}.png`;

beforeAll(async () => {
  await env.BUCKET.put(
    `images/${file}`,
    Uint8Array.from(atob(PNG), (c) => c.charCodeAt(0)),
  );
  await env.BUCKET.put(`images/${broken}`, 'no picture at all');
});

it('makes a size once, and keeps it', async () => {
  const made = await call('GET', `/images/${file}/share.jpg`);
  expect(made.status).toBe(200);
  expect(made.headers.get('content-type')).toBe('image/jpeg');
  expect(made.headers.get('cache-control')).toContain('immutable');
  expect(new Uint8Array(await made.arrayBuffer()).slice(0, 3)).toEqual(new Uint8Array([0xff, 0xd8, 0xff]));
  expect(await env.BUCKET.head(`images/${file}/share.jpg`)).not.toBeNull();
  const again = await call('GET', `/images/${file}/share.jpg`);
  const etag = again.headers.get('etag')!;
  await again.arrayBuffer();
  const known = await call('GET', `/images/${file}/share.jpg`, { headers: { 'if-none-match': etag } });
  expect(known.status).toBe(304);
});

it('lets nobody wait for a smaller one', async () => {
  const first = await call('GET', `/images/${file}/140.avif`);
  expect(first.headers.get('content-type')).toBe('image/png');
  expect(first.headers.get('cache-control')).toBe('public, max-age=60');
  await first.arrayBuffer();
  await vi.waitFor(
    async () => expect(await env.BUCKET.head(`images/${file}/140.avif`)).not.toBeNull(),
    10_000,
  );
  const small = await call('GET', `/images/${file}/140.avif`);
  expect(small.headers.get('content-type')).toBe('image/avif');
  expect(small.headers.get('cache-control')).toContain('immutable');
});

it('gives the picture as it is where it cannot be made smaller, but not for good', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const answer = await call('GET', `/images/${broken}/280.avif`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=60');
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(await answer.text()).toBe('no picture at all');
  expect(await env.BUCKET.head(`images/${broken}/280.avif`)).toBeNull();
  await vi.waitFor(() => expect(said).toHaveBeenCalledOnce());
  // Nor is it tried again for each who asks.
  for (let i = 0; i < 3; i++) await (await call('GET', `/images/${broken}/280.avif`)).text();
  const ahead = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
  await (await call('GET', `/images/${broken}/280.avif`)).text();
  ahead.mockRestore();
  await vi.waitFor(() => expect(said).toHaveBeenCalledTimes(2));
  await scheduler.wait(300);
  expect(said).toHaveBeenCalledTimes(2);
  said.mockRestore();
});

it('makes no other sizes, of nothing else', async () => {
  expect((await call('GET', `/images/${file}/281.avif`)).status).toBe(400);
  expect((await call('GET', `/images/${'c'.repeat(64)}.png/280.avif`)).status).toBe(404);
});
