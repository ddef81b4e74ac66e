import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { inject } from 'vitest';
import { RecentPage } from '../schema/api/catalog.ts';
import { JobView } from '../schema/api/ingest.ts';
import { AdminEpisode, AdminTitle } from '../schema/api/editing.ts';
import { Licence } from '../schema/api/rights.ts';
import { Play } from '../schema/api/playback.ts';
import type { Id } from '../schema/ids.ts';
import { isOver } from '../schema/jobs/state.ts';
import { ask, type Api } from '../ops/api.ts';
import { people } from '../ops/local/people.ts';
import { localSecrets } from '../ops/local/secrets.ts';
import { freshBearer } from '../ops/local/session.ts';
import { d1 } from '../ops/local/worker.ts';
import { uploadFile } from '../ops/upload.ts';

// The running platform, by its public API and its own commands.
export const system = inject('system');
const { origin, ports, data } = system;
const root = fileURLToPath(new URL('..', import.meta.url));

export const as = (person: keyof typeof people): Api => ({
  origin,
  token: freshBearer(origin, people[person]),
});
export const editor = as('editor');
export const viewer = as('viewer');

/** One of the platform's commands, as npm runs it: what it printed for scripts (`out`) and for people (`said`). */
export function command(name: 'ingest' | 'token', ...args: string[]) {
  const program = [join(root, `ops/local/${name}.ts`), ...args, '--origin', origin];
  return new Promise<{ code: number; out: string; said: string }>((resolve) =>
    execFile(process.execPath, program, { cwd: root }, (error, out, said) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, out, said }),
    ),
  );
}

/** Changes the platform's database behind its back, where a journey cannot wait for the clock. */
export const database = (sql: string) => d1(['execute', 'engawa', '--yes', '--command', sql], { root, data });

/** Looks again until something is there. @throws after `patienceMs`, with what was waited for */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  patienceMs = 30_000,
): Promise<T> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`waited ${patienceMs / 1000} s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

export const jobOf = (id: Id<'job'>) => ask(editor, 'GET', `/api/admin/jobs/${id}`, JobView);
export const jobEnd = (id: Id<'job'>, patienceMs = 60_000) =>
  until(
    `the end of job ${id}`,
    async () => {
      const job = await jobOf(id);
      return isOver(job.state) && job;
    },
    patienceMs,
  );

/** A new title with an empty episode; licensed for the whole world unless it is not to be. */
export async function newEpisode(name: string, { licensed = true } = {}) {
  const title = await ask(editor, 'POST', '/api/admin/titles', AdminTitle, {
    json: { names: { main: name } },
  });
  if (licensed)
    await ask(editor, 'POST', `/api/admin/titles/${title.id}/licences`, Licence, {
      json: { territories: { mode: 'exclude', countries: [] }, startsAt: null, endsAt: null },
    });
  const path = `/api/admin/titles/${title.id}/seasons/1/episodes/1`;
  const episode = await ask(editor, 'PUT', path, AdminEpisode, { json: {} });
  return { title, episodeId: episode.id };
}

export const upload = (episodeId: Id<'episode'>, path: string, publishWhenReady = true, fileName?: string) =>
  uploadFile(editor, { episodeId, path, publishWhenReady, ...(fileName === undefined ? {} : { fileName }) });

/** An episode that people can watch (or could, if it had a licence). */
export async function publishedEpisode(name: string, path: string, options: { licensed?: boolean } = {}) {
  const made = await newEpisode(name, options);
  const { jobId } = await upload(made.episodeId, path);
  await until(
    `“${name}” to be published`,
    async () => {
      const job = await jobOf(jobId);
      if (isOver(job.state) && job.state !== 'ready') throw new Error(`the job ${job.state}: ${job.detail}`);
      return job.published;
    },
    120_000,
  );
  return { ...made, jobId };
}

const Ingested = v.strictObject({ titleId: v.string(), episodeId: v.string(), watchUrl: v.string() });
/** Puts a film in as a stranger does, by one command. @throws when it prints anything but where the film is */
export async function ingest(path: string, title: string) {
  const { code, out, said } = await command('ingest', path, '--title', title, '--json');
  if (code !== 0) throw new Error(`ingest ended with ${code}: ${said}`);
  return v.parse(Ingested, JSON.parse(out));
}

const FILM = 'First light';
/** The film of the journeys, once it is in: whichever journey comes first puts it there. */
export async function filmEpisode(): Promise<string> {
  const { items } = await ask(viewer, 'GET', '/api/episodes/recent?limit=100', RecentPage);
  const found = items.find(({ title }) => title.names.main === FILM);
  return found ? found.episode.id : (await ingest(system.film, FILM)).episodeId;
}

export const play = (episodeId: string) =>
  ask(viewer, 'POST', `/api/episodes/${episodeId}/hls`, Play, { json: {} });

const Listed = v.object({ Contents: v.optional(v.array(v.object({ Key: v.string() })), []) });
/** What stands in the media store under a prefix: at most a thousand keys, which no journey reaches. */
export async function stored(prefix: string): Promise<string[]> {
  const secrets = await localSecrets(data);
  const s3 = new S3Client({
    endpoint: `http://localhost:${ports.store}`,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: secrets.S3_ACCESS_KEY_ID, secretAccessKey: secrets.S3_SECRET_ACCESS_KEY },
  });
  try {
    const listed = await s3.send(new ListObjectsV2Command({ Bucket: 'engawa-media', Prefix: prefix }));
    return v.parse(Listed, listed).Contents.map(({ Key }) => Key);
  } finally {
    s3.destroy();
  }
}
