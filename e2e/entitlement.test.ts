import { beforeAll, expect, test } from 'vitest';
import { ProblemDocument } from '../schema/problem.ts';
import * as v from 'valibot';
import { ApiProblem } from '../ops/api.ts';
import { origins, useBrowser, visit } from './browser.ts';
import { makeShort } from './films.ts';
import { useFolder } from './folder.ts';
import { play, publishedEpisode } from './system.ts';

const browser = useBrowser();
const folder = useFolder();
let licensed: string;
let unlicensed: string;
beforeAll(async () => {
  const path = await makeShort(folder('rights.mp4'));
  const both = [
    publishedEpisode('Licensed', path),
    publishedEpisode('Unlicensed', path, { licensed: false }),
  ];
  const made = await Promise.all(both);
  [licensed, unlicensed] = made.map(({ episodeId }) => episodeId) as [string, string];
});

/** A refusal says so in a problem document of its own media type (RFC 9457 §3). */
async function refusal(answer: Response) {
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const { code, status, title } = v.parse(ProblemDocument, await answer.json());
  expect(status).toBe(answer.status);
  return { code, status, title };
}

test('nobody in particular gets no play', async () => {
  const answer = await fetch(`${origins.site}/api/episodes/${licensed}/hls`, { method: 'POST' });
  expect(await refusal(answer)).toMatchObject({ status: 401, code: 'not-signed-in' });
});

test('a title without a licence plays nowhere', async () => {
  const refused = await play(unlicensed).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ApiProblem);
  expect((refused as ApiProblem).problem).toMatchObject({ status: 451, code: 'not-in-territory' });
});

test('its watch page says why, in words', async () => {
  const { page, requests, expectClean } = await visit(browser(), { as: 'viewer', refusals: [451] });
  await page.goto(`/watch/${unlicensed}`);
  await page.getByRole('heading', { level: 1, name: 'Not available where you are' }).waitFor();
  expect(await page.getByRole('main').innerText()).toContain('licence');
  expect(requests.filter(({ pathname }) => /\.m3u8$|\/key\//.test(pathname))).toEqual([]);
  expectClean();
});

test('a token that was changed opens neither playlist nor key', async () => {
  const { masterUrl } = await play(licensed);
  const [, token] = /\/hls\/([^/]+)\//.exec(masterUrl)!;
  const at = Math.floor(token!.length / 2);
  const other = token![at] === 'A' ? 'B' : 'A';
  const tampered = masterUrl.replace(token!, token!.slice(0, at) + other + token!.slice(at + 1));
  for (const file of ['master.m3u8', 'v180.m3u8', 'key/0'])
    expect(await refusal(await fetch(tampered.replace('master.m3u8', file)))).toMatchObject({
      status: 401,
      code: 'invalid-token',
    });
  expect((await fetch(masterUrl.replace('master.m3u8', 'key/0'))).status).toBe(200);
});

test('a segment is given for its signature only, and is noise without its key', async () => {
  const { masterUrl } = await play(licensed);
  const master = await (await fetch(masterUrl)).text();
  const list = new URL(
    master.split('\n').find((line) => line && !line.startsWith('#'))!,
    masterUrl,
  );
  const segment = (await (await fetch(list)).text()).split('\n').find((line) => line.startsWith('http'))!;
  expect(new URL(segment).origin).toBe(origins.cdn);

  const bare = new URL(segment);
  bare.search = '';
  expect((await fetch(bare)).status).toBe(403);
  const elsewhere = new URL(segment);
  elsewhere.pathname = elsewhere.pathname.replace('/v1/', '/v2/');
  expect((await fetch(elsewhere)).status).toBe(403);
  const direct = segment.replace(origins.cdn, `${origins.store}/engawa-media`);
  expect((await fetch(direct)).status).toBe(403);

  const bytes = Buffer.from(await (await fetch(segment)).arrayBuffer());
  expect(bytes.length).toBeGreaterThan(1000);
  for (const box of ['moof', 'mdat', 'styp']) expect(bytes.includes(box)).toBe(false);
});
