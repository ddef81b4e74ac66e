import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { Image } from '../../schema/api/catalog.ts';
import type { JobView } from '../../schema/api/ingest.ts';
import { defaultSettings } from '../../schema/jobs/settings.ts';
import {
  type AdminEpisode,
  type AdminTitle,
  type AdminTitleDetail,
  EpisodeFields,
  ImageQuery,
  NewTitle,
  Relation,
} from '../../schema/api/editing.ts';
import { NewLicence } from '../../schema/api/rights.ts';
import { seedDemo } from './seed.ts';
import { putEpisode } from './seed-film.ts';
import { demoTitles } from './titles.ts';

const cacheDir = mkdtempSync(join(tmpdir(), 'engawa-seed-'));
afterAll(() => rmSync(cacheDir, { recursive: true }));

type Named = Pick<AdminTitle, 'slug' | 'names'>;
type FakeTitle = {
  id: AdminTitle['id'];
  fields: Named;
  images: Record<string, Image>;
  licences: unknown[];
  episodes: Map<string, unknown>;
  relations: AdminTitleDetail['relations'];
};

/** The editors' part of the API, in memory. Its episodes come with a film already, so that none is drawn here. */
function fakeApi() {
  const titles: FakeTitle[] = [];
  const jobs: JobView[] = [];
  const state = { writes: 0, failAfter: Infinity };
  const adminTitle = ({ id, fields, images }: FakeTitle): AdminTitle => ({
    id,
    kind: 'series',
    status: 'airing',
    year: null,
    cour: null,
    ageRating: 'all',
    genres: [],
    tags: [],
    synonyms: [],
    studio: null,
    people: [],
    originalLanguage: 'ja',
    malId: null,
    anilistId: null,
    synopsis: {},
    localNames: {},
    poster: null,
    backdrop: null,
    logo: null,
    episodes: 0,
    audio: [],
    subtitles: [],
    takenDownAt: null,
    draft: false,
    publishAt: null,
    revision: 1,
    createdAt: 0,
    updatedAt: 0,
    ...fields,
    ...images,
  });
  const title = (id: string | undefined) => titles.find((t) => t.id === id)!;

  function route(method: string, path: string[], query: URLSearchParams, body: unknown): unknown {
    if (path[2] === 'jobs') {
      if (path[4] === 'retry') state.writes++;
      return path[4] === 'retry' ? jobs[0] : jobs.length > 1 ? jobs.shift() : jobs[0];
    }
    const [, , , id, part, a, , b] = path;
    if (!id && method === 'GET') return { items: titles.map(adminTitle), next: null };
    if (method !== 'GET' && state.writes++ >= state.failAfter) return null;
    if (!id) {
      const { slug, names, ...rest } = v.parse(NewTitle, body);
      const named: Named = {
        slug: slug!,
        names: { native: null, english: null, local: null, ...names } as Named['names'],
      };
      const made: FakeTitle = {
        id: `ttl_000${titles.length}a`,
        fields: { ...rest, ...named },
        images: {},
        licences: [],
        episodes: new Map(),
        relations: [],
      };
      titles.push(made);
      return adminTitle(made);
    }
    const found = title(id);
    if (part === 'licences' && method === 'GET') return { items: found.licences };
    if (part === 'licences') {
      const licence = {
        id: 'lic_0000',
        titleId: id,
        amends: null,
        endedAt: null,
        endedBecause: null,
        createdAt: 0,
        ...v.parse(NewLicence, body),
      };
      found.licences.push(licence);
      return licence;
    }
    if (part === 'relations') {
      const { kind } = v.parse(Relation, body);
      const { slug, names } = title(a).fields;
      found.relations.push({ kind, id: title(a).id, slug, name: names.main });
      return { kind };
    }
    if (part === 'images') {
      const { width, height, thumbhash } = v.parse(ImageQuery, Object.fromEntries(query));
      const saved = { src: `/images/${a}`, width, height, thumbhash: thumbhash ?? null };
      found.images[a!] = saved;
      return saved;
    }
    if (part === 'seasons') {
      const fields = v.parse(EpisodeFields, body);
      const episode = {
        id: `ep_${id.slice(4)}${a}${b}`,
        titleId: id,
        season: Number(a),
        number: Number(b),
        kind: 'story',
        name: null,
        synopsis: null,
        airsAt: null,
        absoluteNumber: null,
        assetId: 'ast_0000',
        publishedAt: 1,
        takenDownAt: null,
        publishAssetId: null,
        publishAt: null,
        publishRefused: null,
        latestJobId: null,
        revision: 1,
        updatedAt: 0,
        ...fields,
        translations: {},
      };
      found.episodes.set(`${a}/${b}`, episode);
      return episode;
    }
    const { relations } = found;
    return {
      ...adminTitle(found),
      episodeList: [...found.episodes.values()],
      seasonList: [],
      relations,
      orders: [],
    };
  }

  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url!, 'http://localhost');
      const bytes = await read(request);
      const json =
        request.headers['content-type'] === 'application/json' ? JSON.parse(bytes.toString()) : bytes;
      const answer = route(
        request.method!,
        url.pathname
          .split('/')
          .slice(1)
          .map((p, i) => (i === 0 ? '' : p)),
        url.searchParams,
        json,
      );
      response.writeHead(answer === null ? 409 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? { type: 'x', code: 'conflict', title: 'No', status: 409 }));
    })();
  });
  return { server, titles, jobs, state };
}
const read = async (request: IncomingMessage) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

let api: ReturnType<typeof fakeApi>;
const origin = () => `http://127.0.0.1:${(api.server.address() as AddressInfo).port}`;
let drawn: number[] = [];
const drawFilm = (film: number) => Promise.resolve(void drawn.push(film));
const seed = () => seedDemo({ origin: origin(), editorToken: 't', cacheDir, drawFilm });
beforeEach(async () => {
  drawn = [];
  api = fakeApi();
  await new Promise<void>((resolve) => api.server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  api.server.closeAllConnections();
  api.server.close();
});

function expectWholeWorld() {
  expect(api.titles.map((t) => t.fields.slug)).toEqual(demoTitles.map((t) => t.slug));
  for (const [i, made] of api.titles.entries()) {
    expect(Object.keys(made.images).sort()).toEqual(['backdrop', 'poster']);
    expect(made.licences).toHaveLength(1);
    expect(made.episodes.size).toBe(demoTitles[i]!.episodes.length);
    expect(made.relations.map(({ slug, kind }) => ({ to: slug, kind }))).toEqual(
      demoTitles[i]!.relations ?? [],
    );
  }
}

test('an empty system gets the whole world; a second start changes nothing', async () => {
  expect((await seed()).titles).toBe(demoTitles.length);
  expectWholeWorld();
  const baseball = api.titles.find((t) => t.fields.slug === 'kyukai-ura-no-natsu')!;
  expect([...baseball.episodes.keys()].sort()).toEqual([
    '0/1',
    '1/1',
    '1/2',
    '1/3',
    '2/1',
    '2/2',
    '2/3',
    '2/4',
  ]);
  expect(drawn).toEqual([1]); // ahead; both are published already
  const { writes } = api.state;
  await (
    await seed()
  ).uploading;
  expect(api.state.writes).toBe(writes);
});

test('wherever the first start was interrupted, the next one completes it', async () => {
  for (const failAfter of [1, 7, 20, 41]) {
    api.state.writes = 0;
    api.state.failAfter = failAfter;
    await expect(seed()).rejects.toThrow('No');
  }
  api.state.failAfter = Infinity;
  await seed();
  expectWholeWorld();
});

test('somebody’s own catalogue stays their own', async () => {
  api.titles.push({
    id: 'ttl_0000own',
    fields: { slug: 'home-video', names: { main: 'Home Video', native: null, english: null, local: null } },
    images: {},
    licences: [],
    episodes: new Map(),
    relations: [],
  });
  expect((await seed()).titles).toBe(0);
  expect(api.state.writes).toBe(0);
});

const jobView = (fields: Partial<JobView>): JobView => ({
  purpose: 'encode',
  readyAt: null,
  settings: defaultSettings,
  id: 'job_0000',
  state: 'encoding',
  episodeId: 'ep_0000',
  assetId: 'ast_0000',
  titleId: 'ttl_0000',
  titleName: '',
  season: 1,
  episode: 1,
  fileName: 'a',
  bytes: 1,
  progress: 0.5,
  problem: null,
  detail: null,
  published: false,
  version: 1,
  startedBy: null,
  ahead: null,
  waits: null,
  working: [],
  tasksDone: 0,
  tasksAll: 0,
  source: null,
  rungs: [],
  createdAt: 0,
  finishedAt: null,
  tasks: [],
  notes: [],
  certificate: null,
  ...fields,
});
const episode = {
  id: 'ep_0000',
  titleId: 'ttl_0000',
  season: 1,
  number: 1,
  kind: 'story',
  name: null,
  synopsis: null,
  airsAt: null,
  absoluteNumber: null,
  translations: {},
  assetId: null,
  publishedAt: null,
  takenDownAt: null,
  publishAssetId: null,
  publishAt: null,
  publishRefused: null,
  latestJobId: 'job_0000',
  revision: 1,
  updatedAt: 0,
} as const satisfies AdminEpisode;
const put = async () =>
  (
    await putEpisode({ origin: origin(), token: 't' }, episode, 1, {
      folder: cacheDir,
      version: 'x',
      everyMs: 10,
    })
  ).published;

test('a film whose job failed before is tried again, once', async () => {
  api.jobs.push(
    jobView({ state: 'failed', problem: 'attempts-exhausted' }),
    jobView({}),
    jobView({ state: 'ready', published: true }),
  );
  await put();
  expect(api.state.writes).toBe(1);
  api.jobs.splice(0, 9, jobView({ state: 'failed', problem: 'encode-failed', detail: 'Out of memory.' }));
  await expect(put()).rejects.toThrow('Episode 1: The video could not be encoded. Out of memory.');
});

test('a film that an editor cancelled is left alone', async () => {
  api.jobs.push(jobView({ state: 'cancelled' }));
  await put();
  expect(api.state.writes).toBe(0);
});
