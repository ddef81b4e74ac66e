import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AdminEpisode } from '../../schema/api/editing.ts';
import { JobView } from '../../schema/api/ingest.ts';
import type { Id } from '../../schema/ids.ts';
import { isOver } from '../../schema/jobs/state.ts';
import { problems } from '../../schema/problem.ts';
import { ask, type Api } from '../api.ts';
import { uploadFile } from '../upload.ts';
import { drawFilm } from './film.ts';

export type FilmOptions = {
  folder: string;
  version: string;
  onFilm?: ((note: string) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** Makes the file, unless it is there. */
  draw?: typeof drawFilm;
  /** As editors see it; left out: the demo's own name. */
  fileName?: string;
  /** Between two looks at a job. */
  everyMs?: number;
};

/**
 * Gets one film on its way, from wherever it stopped: drawn, uploaded, encoding, failed or published.
 * @returns when it needs nothing more from here; `published` resolves when viewers have it
 */
export async function putEpisode(
  api: Api,
  episode: AdminEpisode,
  film: 1 | 2,
  options: FilmOptions,
): Promise<{ published: Promise<void> }> {
  if (episode.assetId) return { published: Promise.resolve() };
  const jobId = episode.latestJobId ?? (await upload(api, episode.id, film, options));
  const published = followed(api, jobId, film, options);
  // Whoever awaits it later still gets the failure; this only keeps it from counting as unhandled until then.
  published.catch(() => undefined);
  return { published };
}

/** The film's file, drawn where it is not there yet; those of older drawing code go, at seventy megabytes each. */
export async function prepareFilm(
  film: 1 | 2,
  { folder, version, draw = drawFilm, signal }: FilmOptions,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const file of await readdir(folder))
    if (file.startsWith(`${film}-`) && !file.startsWith(`${film}-${version}`))
      await rm(join(folder, file), { recursive: true, force: true });
  const path = join(folder, `${film}-${version}.mkv`);
  await draw(film, path, signal ? { signal } : {});
  return path;
}

async function upload(
  api: Api,
  episodeId: Id<'episode'>,
  film: 1 | 2,
  options: FilmOptions,
): Promise<Id<'job'>> {
  const { onFilm, signal } = options;
  onFilm?.(`drawing episode ${film}`);
  const path = await prepareFilm(film, options);
  const { fileName = `Ashita, Hare - ${String(film).padStart(2, '0')}.mkv` } = options;
  onFilm?.(`uploading episode ${film}`);
  // One that was begun before this start goes on: the API knows the file again.
  const { jobId } = await uploadFile(api, { episodeId, path, fileName, publishWhenReady: true, signal });
  return jobId;
}

/** A job that failed in an earlier run is tried again, once; one that somebody cancelled is left alone. */
async function followed(
  api: Api,
  jobId: Id<'job'>,
  film: number,
  { onFilm, signal, everyMs = 2_000 }: FilmOptions,
): Promise<void> {
  const path = `/api/admin/jobs/${jobId}`;
  let retried = false;
  let said = '';
  for (;;) {
    const job = await ask(api, 'GET', path, JobView, { signal });
    if (job.published || job.state === 'cancelled')
      return onFilm?.(`episode ${film} is ${job.published ? 'published' : 'cancelled'}`);
    if (job.state === 'failed') {
      if (retried)
        throw new Error(
          `Episode ${film}: ${job.problem ? problems[job.problem].title : 'failed'}. ${job.detail ?? ''}`,
        );
      retried = true;
      await ask(api, 'POST', `${path}/retry`, JobView, { signal });
    }
    // Published by somebody else's newer version, or about to be by the sweeper: either way nothing is left to encode.
    if (isOver(job.state) && job.state === 'ready' && job.finishedAt && Date.now() - job.finishedAt > 120_000)
      return;
    const note = `episode ${film}: ${job.state} ${Math.round(job.progress * 100)} %`;
    if (note !== said) onFilm?.((said = note));
    await sleep(everyMs, undefined, signal ? { signal } : {});
  }
}
