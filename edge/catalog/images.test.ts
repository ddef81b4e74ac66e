import { beforeAll, expect, it } from 'vitest';
import type { Image } from '../../schema/api/catalog.ts';
import type { AdminTitle } from '../../schema/api/editing.ts';
import { call } from '../testing/call.ts';
import { licensed } from '../testing/licensed.ts';
import { bearer } from '../testing/sign-in.ts';

let token: string;
let id: AdminTitle['id'];
beforeAll(async () => {
  token = await bearer('editor');
  const made = await call('POST', '/api/admin/titles', { token, json: { names: { main: 'Pictured' } } });
  ({ id } = await made.json<AdminTitle>());
  await licensed(id);
});
const bytes = (text: string, length = 64) => {
  const file = new Uint8Array(length);
  for (let i = 0; i < text.length; i++) file[i] = text.charCodeAt(i);
  return file;
};
const png = bytes('\x89PNG\r\n\x1a\n');
const put = (body: Uint8Array<ArrayBuffer> | string, role = 'poster', query = 'width=2&height=3') =>
  call('PUT', `/api/admin/titles/${id}/images/${role}?${query}`, { token, body });

it.each([
  ['png', png],
  ['jpg', bytes('\xff\xd8\xff\xe0')],
  ['webp', bytes('RIFF\x00\x00\x00\x00WEBPVP8 ')],
  ['avif', bytes('\x00\x00\x00\x20ftypavif')],
])('keeps a %s under its hash and serves it for good', async (extension, file) => {
  const saved = await (await put(file)).json<Image>();
  expect(saved.src).toMatch(new RegExp(`^/images/[0-9a-f]{64}\\.${extension}$`));
  expect(saved).toMatchObject({ width: 2, height: 3, thumbhash: null });
  const served = await call('GET', saved.src);
  expect(served.status).toBe(200);
  expect(served.headers.get('content-type')).toBe(`image/${extension === 'jpg' ? 'jpeg' : extension}`);
  expect(served.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(file);
  const again = await call('GET', saved.src, { headers: { 'if-none-match': served.headers.get('etag')! } });
  expect(again.status).toBe(304);
  expect((await (await put(file)).json<Image>()).src).toBe(saved.src);
});

it('shows each picture where it belongs', async () => {
  await put(png, 'poster', 'width=600&height=900&thumbhash=3OcRJYB4d3h/iIeHeEh3eIhw');
  await put(png, 'logo');
  const title = await (await call('GET', '/api/titles/pictured')).json<Record<string, unknown>>();
  expect(title).toMatchObject({
    poster: { width: 600, height: 900, thumbhash: '3OcRJYB4d3h/iIeHeEh3eIhw' },
    logo: { width: 2 },
    backdrop: null,
  });
});

it.each([
  ['a script in a picture’s clothes', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 415],
  ['nothing', '', 415],
  ['a page', '<!doctype html>', 415],
  ['a picture that is too large', bytes('\x89PNG\r\n\x1a\n', 10 * 1024 * 1024 + 1), 413],
])('refuses %s', async (_, file, status) => {
  expect((await put(file)).status).toBe(status);
});

it('stops reading a body that says nothing of its length', async () => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      controller.enqueue(bytes(sent === 1 ? '\x89PNG\r\n\x1a\n' : '', 1024 * 1024));
      if (sent === 64) controller.close();
    },
  });
  expect(
    (await call('PUT', `/api/admin/titles/${id}/images/poster?width=1&height=1`, { token, body })).status,
  ).toBe(413);
});

it('serves nothing else of the bucket', async () => {
  expect((await call('GET', '/images/..%2Fpackages%2Fx.json')).status).toBe(400);
  expect((await call('GET', `/images/${'0'.repeat(64)}.png`)).status).toBe(404);
  expect((await put(png, 'banner')).status).toBe(400);
  expect((await put(png, 'poster', 'width=2')).status).toBe(400);
  expect((await put(png, 'poster', 'width=0&height=3')).status).toBe(400);
});
