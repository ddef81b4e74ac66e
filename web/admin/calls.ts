import type { InferInput, InferOutput } from 'valibot';
import { client } from '../../edge/client.ts';
import type { imageRoles } from '../../schema/catalog-terms.ts';
import type { EpisodeFields, NewTitle } from '../../schema/api/editing.ts';
import type { MarkersChange, Reencode } from '../../schema/api/media.ts';
import type { UploadPage, UploadState } from '../../schema/api/ingest.ts';
import type { Id } from '../../schema/ids.ts';
import type { JobState } from '../../schema/jobs/state.ts';
import { answer, type Answer } from '../api.ts';
import { provedAgain } from './step-up.ts';
import type { UploadApi } from './uploader/send-file.ts';

export const { api } = client(location.origin);

type Response = Pick<globalThis.Response, 'ok' | 'headers' | 'text'> & { json(): Promise<unknown> };
type BodyOf<R extends Response> = Awaited<ReturnType<R['json']>>;

/**
 * One call, read as web/api.ts reads answers; the type of the value is that of the route. It says which request it was, for undoing it.
 * What takes a recent sign-in asks for that by itself, and is sent again: so a call is made by the function, not before it.
 */
export async function ask<R extends Response>(request: () => Promise<R>): Promise<Answer<BodyOf<R>>> {
  const answered = await once(request);
  const refused = !answered.ok && answered.problem?.code === 'step-up-required';
  return refused && (await provedAgain()) ? once(request) : answered;
}

async function once<R extends Response>(request: () => Promise<R>): Promise<Answer<BodyOf<R>>> {
  let id: string | null = null;
  const answered = await answer<BodyOf<R>>(async () => {
    const response = await request();
    id = response.headers.get('x-request-id');
    return response;
  });
  return answered.ok ? { ...answered, request: id } : answered;
}

const given = <T extends Record<string, string | null | undefined>>(query: T) =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value)) as { [K in keyof T]?: string };

export const titles = {
  list: ({
    state,
    without,
    ...query
  }: {
    q?: string | undefined;
    state?: 'draft' | 'published' | 'taken-down' | undefined;
    without?: (typeof imageRoles)[number] | undefined;
    cursor?: string | undefined;
    limit?: string;
  }) =>
    ask(() =>
      api.admin.titles.$get({
        query: { ...given(query), ...(state ? { state } : {}), ...(without ? { without } : {}) },
      }),
    ),
  read: (id: Id<'title'>) => ask(() => api.admin.titles[':id'].$get({ param: { id } })),
  create: (json: NewTitle) => ask(() => api.admin.titles.$post({ json })),
  putEpisode: (
    id: Id<'title'>,
    { season, number }: { season: number; number: number },
    json: InferInput<typeof EpisodeFields>,
  ) =>
    ask(() =>
      api.admin.titles[':id'].seasons[':season'].episodes[':number'].$put({
        param: { id, season: String(season), number: String(number) },
        json,
      }),
    ),
};

export const jobs = {
  list: ({
    state,
    ...query
  }: {
    state?: JobState | undefined;
    cursor?: string | undefined;
    limit?: string;
  }) => ask(() => api.admin.jobs.$get({ query: { ...given(query), ...(state ? { state } : {}) } })),
  read: (id: Id<'job'>) => ask(() => api.admin.jobs[':id'].$get({ param: { id } })),
  cancel: (id: Id<'job'>) => ask(() => api.admin.jobs[':id'].cancel.$post({ param: { id } })),
  watch: (id: Id<'job'>) => ask(() => api.admin.jobs[':id'].watch.$post({ param: { id } })),
  retry: (id: Id<'job'>) => ask(() => api.admin.jobs[':id'].retry.$post({ param: { id } })),
  /** @param reason why warnings that block it may be passed over */
  publish: (id: Id<'episode'>, assetId: Id<'asset'>, reason?: string) =>
    ask(() =>
      api.admin.episodes[':id'].publish.$post({
        param: { id },
        json: { assetId, ...(reason ? { override: { reason } } : {}) },
      }),
    ),
};

/** Versions of an episode, their tracks, and where players offer to skip. */
export const media = {
  read: (id: Id<'episode'>) => ask(() => api.admin.episodes[':id'].media.$get({ param: { id } })),
  putMarkers: (id: Id<'episode'>, json: InferInput<typeof MarkersChange>) =>
    ask(() => api.admin.episodes[':id'].markers.$put({ param: { id }, json })),
  removeTrack: (id: Id<'asset'>, rendition: string) =>
    ask(() => api.admin.assets[':id'].tracks[':rendition'].$delete({ param: { id, rendition } })),
  addAv1: (id: Id<'asset'>) => ask(() => api.admin.assets[':id'].av1.$post({ param: { id } })),
  encode: (id: Id<'asset'>, json: InferInput<typeof Reencode>) =>
    ask(() => api.admin.assets[':id'].encode.$post({ param: { id }, json })),
};

export const tasks = {
  retry: (id: Id<'task'>) => ask(() => api.admin.tasks[':id'].retry.$post({ param: { id } })),
  attempts: (id: Id<'task'>) => ask(() => api.admin.tasks[':id'].attempts.$get({ param: { id } })),
};

export const uploads: UploadApi & {
  list: (state: UploadState, cursor?: string) => Promise<Answer<InferOutput<typeof UploadPage>>>;
  giveUp: (id: Id<'upload'>) => Promise<Answer<unknown>>;
} = {
  list: (state, cursor) => ask(() => api.uploads.$get({ query: { state, ...given({ cursor }) } })),
  begin: (json) => ask(() => api.uploads.$post({ json })),
  read: (id) => ask(() => api.uploads[':id'].$get({ param: { id } })),
  parts: (id, json) => ask(() => api.uploads[':id'].parts.$post({ param: { id }, json })),
  complete: (id) => ask(() => api.uploads[':id'].complete.$post({ param: { id } })),
  giveUp: (id) => ask(() => api.uploads[':id'].$delete({ param: { id } })),
};

export const signOut = () => ask(() => api.auth['sign-out'].$post());
