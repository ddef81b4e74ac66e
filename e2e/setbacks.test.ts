import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { beforeAll, expect, test } from 'vitest';
import { JobPage, JobView, PartsAnswer, Upload } from '../schema/api/ingest.ts';
import type { Id } from '../schema/ids.ts';
import { isOver } from '../schema/jobs/state.ts';
import { ApiProblem, ask } from '../ops/api.ts';
import { ffprobe, film, makeShort } from './films.ts';
import { useFolder } from './folder.ts';
import { descendants, survivors } from './processes.ts';
import {
  database,
  editor,
  jobEnd,
  jobOf,
  newEpisode,
  play,
  stored,
  system,
  until,
  upload,
} from './system.ts';

// What happens to uploads and jobs on the way. None ends stuck, and none leaves anything behind.
const folder = useFolder();

const encoders = async () =>
  (await descendants(system.pid)).filter(({ command }) => /ffmpeg .*libx264/.test(command));
/** A job that is in the middle of encoding pictures. */
async function encodingJob(name: string) {
  const { title, episodeId } = await newEpisode(name);
  const { jobId, uploadId } = await upload(episodeId, system.film);
  await until('an encoder at work', async () => {
    const { state } = await jobOf(jobId);
    if (state !== 'queued' && state !== 'probing' && state !== 'encoding')
      throw new Error(`the job is ${state}`);
    return state === 'encoding' && (await encoders()).length > 0;
  });
  return { slug: title.slug, episodeId, jobId, uploadId };
}
const refusalOf = async (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof ApiProblem ? error.problem.code : Promise.reject(error)),
  );

let killed: Awaited<ReturnType<typeof encodingJob>>;
beforeAll(async () => {
  killed = await encodingJob('Killed');
  const at = await encoders();
  const transcoder = (await descendants(system.pid)).find(
    ({ command }) => command.includes('transcoder/main.ts') && !command.includes('leash'),
  );
  const { tasks } = await jobOf(killed.jobId);
  process.kill(transcoder!.pid, 'SIGKILL');
  // What it held would be free in a minute: nobody need wait for that.
  const held = tasks.filter(({ state }) => state === 'leased').map(({ id }) => `'${id}'`);
  await database(`UPDATE tasks SET due_at = 1 WHERE state = 'leased' AND id IN (${held.join()})`);
  const left = await survivors(at, 10_000);
  if (left.length > 0)
    throw new Error(`encoders outlived their transcoder: ${left.map(({ pid }) => pid).join(', ')}`);
});

test('a job that is cancelled while it runs stops, and leaves neither film nor source', async () => {
  const { slug, jobId, uploadId, episodeId } = await encodingJob('Cancelled');
  const cancel = () => ask(editor, 'POST', `/api/admin/jobs/${jobId}/cancel`, JobView, { json: {} });
  expect((await cancel()).state).toBe('cancelled');
  expect((await cancel()).state).toBe('cancelled');
  await until('its encoders to stop', async () => (await encoders()).length === 0);
  expect(await refusalOf(play(episodeId))).toBe('not-found');
  // What a worker wrote after the first clearing goes when its lease has ended: a minute, for which nobody need wait.
  await database(`UPDATE jobs SET clear_at = 1 WHERE id = '${jobId}'`);
  await until(
    'everything of it to be deleted',
    async () => [...(await stored(`hls/${slug}/`)), ...(await stored(`sources/${uploadId}/`))].length === 0,
  );
  expect(await refusalOf(ask(editor, 'POST', `/api/admin/jobs/${jobId}/retry`, JobView, { json: {} }))).toBe(
    'conflict',
  );
}, 150_000);

/** An upload by hand, with one part. */
async function begin(name: string, path: string) {
  const { episodeId } = await newEpisode(name);
  const bytes = await readFile(path);
  const json = { episodeId, fileName: 'by-hand.mp4', bytes: bytes.length };
  const { id } = await ask(editor, 'POST', '/api/uploads', Upload, { json });
  const parts = (json: object) => ask(editor, 'POST', `/api/uploads/${id}/parts`, PartsAnswer, { json });
  return {
    id,
    bytes,
    parts,
    complete: () => ask(editor, 'POST', `/api/uploads/${id}/complete`, Upload, { json: {} }),
    send: async (body: Uint8Array<ArrayBuffer>) => {
      const part = { number: 1, sha256: createHash('sha256').update(body).digest('base64') };
      const { urls } = await parts({ want: [part] });
      const { url, headers } = urls[0]!;
      const answer = await fetch(url, { method: 'PUT', body, headers });
      return { ...part, etag: answer.headers.get('etag')! };
    },
  };
}

test('a part that is sent twice counts once, the last one; a second “complete” starts no second job', async () => {
  const { bytes, parts, send, complete } = await begin('Twice', await makeShort(folder('twice.mp4')));
  expect(await refusalOf(complete())).toBe('upload-incomplete');
  const first = await send(new Uint8Array(bytes.length));
  const second = await send(new Uint8Array(bytes));
  await parts({ received: [first] });
  expect(await refusalOf(complete())).toBe('upload-mismatch'); // the store has another part than was told
  expect(await parts({ received: [second] })).toMatchObject({ missing: 0 });
  const ended = await Promise.all([complete(), complete(), complete()]);
  ended.push(await complete());
  const jobs = new Set(ended.map(({ jobId }) => jobId));
  expect(jobs.size).toBe(1);
  const [jobId] = [...jobs] as [Id<'job'>];
  expect(await jobEnd(jobId)).toMatchObject({
    state: 'ready',
    certificate: { holds: true },
    published: false,
  });
});

test('an upload that is given up half-way takes no more parts and leaves none', async () => {
  const { id, bytes, parts, send, complete } = await begin('Given up', await makeShort(folder('half.mp4')));
  const part = { number: 1, sha256: createHash('sha256').update(bytes).digest('base64') };
  const { urls } = await parts({ want: [part] });
  await parts({ received: [await send(new Uint8Array(bytes))] });
  const giveUp = () => ask(editor, 'DELETE', `/api/uploads/${id}`, v.null());
  await giveUp();
  await giveUp();
  expect((await ask(editor, 'GET', `/api/uploads/${id}`, Upload)).state).toBe('aborted');
  expect(await refusalOf(parts({ want: [part] }))).toBe('conflict');
  expect(await refusalOf(complete())).toBe('conflict');
  expect(
    (await fetch(urls[0]!.url, { method: 'PUT', body: new Uint8Array(bytes), headers: urls[0]!.headers }))
      .status,
  ).toBe(404);
  expect(await stored(`sources/${id}/`)).toEqual([]);
});

test('an upload that nobody goes on with is given up by the sweeper', async () => {
  const { id, bytes, parts, send, complete } = await begin(
    'Forgotten',
    await makeShort(folder('forgotten.mp4')),
  );
  await parts({ received: [await send(new Uint8Array(bytes))] });
  await database(`UPDATE uploads SET expires_at = 1 WHERE id = '${id}'`); // a day has passed
  const read = () => ask(editor, 'GET', `/api/uploads/${id}`, Upload);
  await until('the sweeper', async () => (await read()).state === 'aborted');
  expect(await refusalOf(complete())).toBe('conflict');
  expect(await stored(`sources/${id}/`)).toEqual([]);
});

test('a job whose transcoder was killed in the middle of a chunk is finished by the next one', async () => {
  // The leases of the dead one run out, the sweeper notices, its tasks are tried again.
  const job = await jobEnd(killed.jobId, 150_000);
  expect(job).toMatchObject({ state: 'ready', certificate: { holds: true } });
  expect(Math.max(...job.tasks.map(({ attempt }) => attempt))).toBeGreaterThan(1);
  const { masterUrl } = await play(killed.episodeId);
  for (const height of film.heights) {
    const list = masterUrl.replace('master', `v${height}`);
    const only = '-select_streams v -show_entries stream=nb_read_frames -of default=nw=1:nk=1'.split(' ');
    const [frames] = (await ffprobe('-count_frames', ...only, list)).split('\n');
    expect(Number(frames)).toBe(film.frames);
  }
}, 200_000);

test('no job is left that is neither ready nor over', async () => {
  const { items } = await ask(editor, 'GET', '/api/admin/jobs?limit=100', JobPage);
  expect(items.filter(({ state }) => !isOver(state))).toEqual([]);
});
