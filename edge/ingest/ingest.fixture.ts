import {
  createExecutionContext,
  createMessageBatch,
  getQueueResult,
  type QueueResult,
} from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { vi } from 'vitest';
import type { JobView, Upload } from '../../schema/api/ingest.ts';
import { episodes, seasons, titles } from '../../schema/db/catalog.ts';
import { jobs, tasks, uploads } from '../../schema/db/media.ts';
import type { Id } from '../../schema/ids.ts';
import type { TaskMessage } from '../../schema/jobs/task.ts';
import { sweep } from '../operations/sweeper.ts';
import { platform, type Platform } from '../platform/platform.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { consumeTasks } from './consumer.ts';
import { resultOf, type Ways } from './plan.fixture.ts';
import { StoreDouble } from './store.fixture.ts';

/** Everything outside the Worker, in memory: the store, the transcoder, the queue and the clock. D1 and R2 are real. */
export class World {
  readonly platform: Platform = platform(env);
  readonly store = new StoreDouble(env.MEDIA_BUCKET);
  /** Messages on their way, in the order they were sent. */
  readonly queue: { taskId: Id<'task'>; delaySeconds: number }[] = [];
  queueIsDown = false;
  /** What the transcoder took. */
  readonly taken: TaskMessage[] = [];
  transcoder: 'free' | 'busy' | 'down' = 'free';
  /** How it works. */
  ways: Ways = {};

  /** A world in which nothing has been uploaded yet. */
  static async make(): Promise<World> {
    const world = new World();
    await world.platform.db.delete(jobs);
    await world.platform.db.delete(uploads);
    return world;
  }
  /** The double of Stripe lives beyond it (vitest.config.ts). */
  private readonly beyond = globalThis.fetch.bind(globalThis);

  private constructor(now = Date.UTC(2026, 10, 22)) {
    vi.useFakeTimers({ toFake: ['Date'], now });
    vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) =>
      this.answer(new Request(input, init)),
    );
    vi.spyOn(env.TRANSCODE_QUEUE, 'sendBatch').mockImplementation((messages, options) => {
      if (this.queueIsDown) return Promise.reject(new Error('the queue is down'));
      for (const { body } of messages)
        this.queue.push({ ...(body as { taskId: Id<'task'> }), delaySeconds: options?.delaySeconds ?? 0 });
      return Promise.resolve({ metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } });
    });
  }

  private async answer(request: Request): Promise<Response> {
    const { origin } = new URL(request.url);
    if (origin === env.S3_ENDPOINT) return this.store.answer(request);
    if (origin === env.STRIPE_API) return this.beyond(request);
    if (origin !== env.TRANSCODER_URL) throw new Error(`nobody lives at ${request.url}`);
    if (this.transcoder === 'down') throw new TypeError('connection refused');
    if (this.transcoder === 'busy') return new Response(null, { status: 503 });
    this.taken.push(await request.json());
    return new Response(null, { status: 202 });
  }

  pass(seconds: number): void {
    vi.setSystemTime(Date.now() + seconds * 1000);
  }
  sweep = (): Promise<void> => sweep(this.platform);

  /** Delivers message bodies as one batch; what the queue was told of each. */
  async deliver(...bodies: unknown[]): Promise<QueueResult> {
    const batch = createMessageBatch(
      'transcode',
      bodies.map((body, i) => ({ id: String(i), timestamp: Date.now(), attempts: 1, body })),
    );
    const context = createExecutionContext();
    await consumeTasks(batch, this.platform);
    return getQueueResult(batch, context);
  }
  /** Delivers everything that is on its way. */
  async deliverAll(): Promise<void> {
    while (this.queue.length > 0) await this.deliver(...this.queue.splice(0));
  }

  /** What the transcoder says of a task it took. */
  say(message: TaskMessage, verb: 'heartbeat' | 'complete' | 'fail' | 'release', json?: unknown) {
    const path = new URL(message.callback).pathname;
    return call('POST', `${path}/${verb}`, { token: message.token, ...(json === undefined ? {} : { json }) });
  }
  /** The transcoder does what it was told: its objects are in the store, its result is reported. */
  async work(message: TaskMessage): Promise<Response> {
    const result = resultOf(message, this.ways);
    if ('objects' in result)
      for (const { key, bytes } of result.objects) this.store.objects.set(message.output + key, bytes);
    return this.say(message, 'complete', result);
  }
  /** Goes on until the queue is empty and the transcoder has nothing to do. */
  async finish(): Promise<void> {
    do {
      await this.deliverAll();
      for (const message of this.taken.splice(0)) await this.work(message);
    } while (this.queue.length > 0);
  }
  /** Delivers until the transcoder holds all tasks of the next stage, and hands them over. */
  async take(): Promise<TaskMessage[]> {
    await this.deliverAll();
    return this.taken.splice(0);
  }

  async job(id: string): Promise<JobView> {
    return (await call('GET', `/api/admin/jobs/${id}`, { token: await bearer('editor') })).json();
  }
  taskRow = async (id: string) =>
    (
      await this.platform.db
        .select()
        .from(tasks)
        .where(eq(tasks.id, id as Id<'task'>))
    )[0]!;
}

let made = 0;
/** A title with one episode. */
export async function episode(slug = `title-${++made}`, number = 1): Promise<Id<'episode'>> {
  const { db, newId, now } = platform(env);
  const [titleId, seasonId, id] = [newId('title'), newId('season'), newId('episode')];
  const at = { createdAt: now(), updatedAt: now() };
  await db.batch([
    db.insert(titles).values({
      id: titleId,
      slug,
      kind: 'series',
      nameMain: slug,
      status: 'airing',
      ageRating: 'all',
      ...at,
    }),
    db.insert(seasons).values({ id: seasonId, titleId, number: 1 }),
    db.insert(episodes).values({ id, titleId, seasonId, season: 1, number, ...at }),
  ]);
  return id;
}

export const asEditor = async (method: string, path: string, json?: unknown): Promise<Response> =>
  call(method, path, { token: await bearer('editor'), ...(json === undefined ? {} : { json }) });

export async function startUpload(episodeId: string, bytes: number, more: object = {}): Promise<Upload> {
  const answer = await asEditor('POST', '/api/uploads', { episodeId, fileName: 'a.mkv', bytes, ...more });
  if (answer.status !== 201) throw new Error(await answer.text());
  return answer.json();
}

/** A digest, base64; which one does not matter, for the store has no bytes to compare it with. */
export const sha256Of = (number: number): string => btoa(String.fromCharCode(number % 256).repeat(32));

/** Sends parts to the addresses the API gives, and tells it. */
export async function sendParts(
  world: World,
  upload: Upload,
  numbers: number[],
  size?: number,
): Promise<void> {
  const received = await putParts(world, upload, numbers, size);
  await asEditor('POST', `/api/uploads/${upload.id}/parts`, { received });
}

/** Sends parts, and is killed before it can tell. */
export async function putParts(world: World, upload: Upload, numbers: number[], size?: number) {
  const want = numbers.map((number) => ({ number, sha256: sha256Of(number) }));
  const answer = await asEditor('POST', `/api/uploads/${upload.id}/parts`, { want });
  const { urls } = await answer.json<{
    urls: { number: number; url: string; headers: Record<string, string> }[];
  }>();
  return urls.map(({ number, url, headers }) => {
    const last = upload.bytes - (upload.parts - 1) * upload.partBytes;
    const bytes = size ?? (number === upload.parts ? last : upload.partBytes);
    return { number, etag: world.store.putPart(url, bytes, headers), sha256: sha256Of(number) };
  });
}

/** A track file for an episode that has a video; its job waits for the queue. */
export async function uploadedTrack(world: World, episodeId: string, track: object) {
  const upload = await startUpload(episodeId, 500, { fileName: 'dub.mka', track });
  await sendParts(world, upload, [1]);
  return (await asEditor('POST', `/api/uploads/${upload.id}/complete`)).json<
    Upload & { jobId: Id<'job'>; assetId: Id<'asset'> }
  >();
}

/** An episode's source, uploaded; its job waits for the queue. */
export async function uploaded(
  world: World,
  { episodeId, ...more }: { episodeId?: Id<'episode'>; publishWhenReady?: boolean; settings?: object } = {},
): Promise<Upload & { jobId: Id<'job'>; assetId: Id<'asset'> }> {
  const upload = await startUpload(episodeId ?? (await episode()), 1_000, more);
  await sendParts(world, upload, [1]);
  return (await asEditor('POST', `/api/uploads/${upload.id}/complete`)).json();
}
