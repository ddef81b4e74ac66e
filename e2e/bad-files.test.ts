import { open, readFile, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobView } from '../schema/api/ingest.ts';
import { problems, type ProblemCode } from '../schema/problem.ts';
import { ApiProblem } from '../ops/api.ts';
import { makeShort } from './films.ts';
import { useFolder } from './folder.ts';
import { command, jobEnd, newEpisode, play, stored, until, upload } from './system.ts';

// Files that are not what they seem. Each job ends, says why in words, publishes nothing and leaves nothing.
const folder = useFolder();
const SECRET = 'the-secret-of-this-machine';
let trapped: string[];
let trap: Server;
type Case = { slug: string; episodeId: string; jobId: Parameters<typeof jobEnd>[0] };
const cases = new Map<string, Case>();

const bad: Record<string, { problem: ProblemCode; make: (path: string) => Promise<unknown> }> = {
  'a text with the name of a video': {
    problem: 'source-unreadable',
    make: (path) => writeFile(path, 'Once upon a time there was a veranda.\n'.repeat(2000)),
  },
  'a video that was cut off': {
    problem: 'source-truncated',
    async make(path) {
      await makeShort(path, { seconds: 8, more: ['-movflags', '+faststart'] });
      await truncate(path, Math.floor((await readFile(path)).length / 2));
    },
  },
  'a video whose index, at its end, was cut off': {
    problem: 'source-truncated',
    async make(path) {
      await makeShort(path, { seconds: 8 });
      await truncate(path, Math.floor((await readFile(path)).length / 2));
    },
  },
  'sound alone': { problem: 'source-no-video', make: (path) => makeShort(path, { picture: false }) },
  'an HLS playlist': {
    problem: 'source-not-allowed',
    make: (path) =>
      writeFile(
        path,
        `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://${folder('secret.txt')}\n#EXTINF:9,\n${trapAddress()}/a.ts\n#EXT-X-ENDLIST\n`,
      ),
  },
  'a concat script': {
    problem: 'source-not-allowed',
    make: (path) =>
      writeFile(
        path,
        `ffconcat version 1.0\nfile '${folder('secret.txt')}'\nfile '${trapAddress()}/b.mp4'\n`,
      ),
  },
  // Past the look at the first bytes: FFmpeg itself has to refuse it.
  'a playlist behind a comment': {
    problem: 'source-unreadable',
    make: (path) => writeFile(path, `\n\n# a film\n#EXTM3U\n#EXTINF:9,\n${trapAddress()}/c.ts\n`),
  },
};
const trapAddress = () => `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;

beforeAll(async () => {
  trapped = [];
  trap = createServer((request, response) => {
    trapped.push(request.url ?? '');
    response.end(SECRET);
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  await writeFile(folder('secret.txt'), SECRET);
  for (const [name, { make }] of Object.entries(bad)) {
    const path = folder(`${cases.size}.mp4`);
    await make(path);
    const { title, episodeId } = await newEpisode(`Bad: ${name}`);
    const { jobId } = await upload(episodeId, path);
    cases.set(name, { slug: title.slug, episodeId, jobId });
  }
});
afterAll(() => void trap.close());

test.each(Object.keys(bad))('%s', async (name) => {
  const { slug, episodeId, jobId } = cases.get(name)!;
  const { problem } = bad[name]!;
  const job = await jobEnd(jobId);
  expect({ state: job.state, problem: job.problem, published: job.published }).toEqual({
    state: 'failed',
    problem,
    published: false,
  });
  expect(job.detail?.length ?? 0).toBeGreaterThan(20); // a sentence, not a code
  expect(JSON.stringify(job)).not.toContain(SECRET);
  const refused = await play(episodeId).catch((error: unknown) => error);
  expect((refused as ApiProblem).problem.code).toBe('not-found');
  expect(await stored(`hls/${slug}/`)).toEqual([]);
});

test('nobody was asked for what the playlists name', async () => {
  await Promise.all([...cases.values()].map(({ jobId }) => jobEnd(jobId)));
  expect(trapped).toEqual([]);
});

test('an empty file is refused before it is uploaded, by command and by API', async () => {
  await (await open(folder('empty.mkv'), 'w')).close();
  const said = await command('ingest', folder('empty.mkv'), '--title', 'Empty');
  expect(said).toMatchObject({ code: 2, said: `${folder('empty.mkv')} is empty.\n` });
  const { episodeId } = await newEpisode('Empty');
  const refused = await upload(episodeId, folder('empty.mkv')).catch((error: unknown) => error);
  expect((refused as ApiProblem).problem).toMatchObject({
    code: 'invalid-request',
    status: problems['invalid-request'].status,
    errors: [{ pointer: '/bytes', detail: 'the file is empty' }],
  });
});

test('a command whose file is no video says why, and nothing else', async () => {
  await writeFile(folder('prose.mp4'), 'No film.\n'.repeat(1000));
  const { code, out, said } = await command('ingest', folder('prose.mp4'), '--title', 'Prose', '--json');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(said).toContain(problems['source-unreadable'].title);
});

test('a film without sound, under a name with blanks, an emoji and ../, is published like any other', async () => {
  const fileName = '../../etc/ 第一話 🌸 (final).mp4';
  const { title, episodeId } = await newEpisode('Silent');
  const { jobId } = await upload(
    episodeId,
    await makeShort(folder('silent.mp4'), { sound: false }),
    true,
    fileName,
  );
  const job: JobView = await until('the silent film', async () => {
    const view = await jobEnd(jobId);
    return (view.published || view.state !== 'ready') && view;
  });
  expect(job).toMatchObject({ state: 'ready', fileName, certificate: { holds: true } });
  expect((await play(episodeId)).audio).toHaveLength(1);
  const keys = await stored('');
  expect(keys.filter((key) => /etc|final|\.\./.test(key))).toEqual([]);
  expect(keys.filter((key) => key.startsWith(`hls/${title.slug}/season-1/ep-1/v1/`)).length).toBeGreaterThan(
    3,
  );
});
