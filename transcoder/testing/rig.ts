import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import type { Plan } from '../../schema/jobs/plan.ts';
import { defaultSettings, type EncodeSettings } from '../../schema/jobs/settings.ts';
import type {
  EncodeResult,
  PackageResult,
  SurveyResult,
  TaskFailure,
  TaskMessage,
  TaskResult,
  TaskSpec,
  TaskSpecOf,
  WrittenObject,
} from '../../schema/jobs/task.ts';
import { readConfig, type Config } from '../config.ts';
import { mediaStore, type MediaStore } from '../storage/store.ts';
import { performer } from '../tasks/perform.ts';

/** What the tests of the transcoder stand on: a real S3-compatible store, and a small edge that tasks call back. */
export type Rig = {
  config: Config;
  env: Record<string, string>;
  store: MediaStore;
  folder: string;
  upload(key: string, bytes: Uint8Array | string): Promise<void>;
  /** Does a task in this process. */
  perform(message: TaskMessage, signal?: AbortSignal): Promise<TaskResult>;
  close(): Promise<void>;
};

const never = new AbortController().signal;

export async function makeRig(environment: Record<string, string> = {}): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), 'engawa-rig-'));
  const s3 = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: 'media', configs: [] }],
  });
  const { port } = await s3.run();
  const env = {
    TRANSCODER_SECRET: 'a-secret-of-the-tests',
    S3_ENDPOINT: `http://127.0.0.1:${port}`,
    MEDIA_BUCKET: 'media',
    S3_ACCESS_KEY_ID: 'S3RVER',
    S3_SECRET_ACCESS_KEY: 'S3RVER',
    PRESET: 'ultrafast',
    SLOTS: '1',
    SCRATCH_DIR: join(folder, 'scratch'),
    ...environment,
  };
  const config = readConfig(env);
  const store = mediaStore(config.store);
  const perform = performer(store, config.work);
  return {
    config,
    env,
    store,
    folder,
    async upload(key, bytes) {
      const file = Buffer.from(bytes);
      await store.put(key, file, { type: 'application/octet-stream', cache: 'no-store', signal: never });
    },
    perform: (message, signal = never) =>
      perform(
        message,
        signal,
        () => undefined,
        () => Promise.resolve(),
      ),
    async close() {
      await s3.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let tasks = 0;
export function message(
  spec: TaskSpec,
  { source, ...rest }: Partial<Omit<TaskMessage, 'source'>> & { source: string },
): TaskMessage {
  return {
    v: 1,
    taskId: `tsk_${++tasks}`,
    jobId: 'job_1',
    assetId: 'ast_1',
    kind: spec.kind,
    attempt: 1,
    token: 'a-token',
    callback: 'http://127.0.0.1:9',
    source: { key: source, bytes: 1 },
    output: 'hls/film/season-1/ep-1/v1/',
    spec,
    ...rest,
  };
}

/** Made-up keys: byte 1 is the period. */
export const keysOf = (periods: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: periods }, (_, period) => [
      String(period),
      Buffer.alloc(16, period + 1).toString('base64url'),
    ]),
  );

/** The exact plan of a source: by a quick look, then by the survey. */
export async function probeSource(rig: Rig, source: string): Promise<Plan> {
  return (await surveySource(rig, source)).plan;
}

/** Both steps, and what the second says of the first. */
export async function surveySource(
  rig: Rig,
  source: string,
  settings: EncodeSettings = defaultSettings,
): Promise<SurveyResult & { quick: Plan }> {
  const look = await rig.perform(message({ kind: 'probe', settings }, { source }));
  if (look.kind !== 'probe') throw new Error('not a probe result');
  const result = await rig.perform(message({ kind: 'survey', plan: look.plan }, { source }));
  if (result.kind !== 'survey') throw new Error('not a survey result');
  return { ...result, quick: look.plan };
}

export async function encode(rig: Rig, task: TaskMessage): Promise<EncodeResult> {
  const result = await rig.perform(task);
  if (!('objects' in result) || result.kind === 'package') throw new Error('not an encode result');
  return result;
}

/** The video of a plan only: what its chunks wrote. */
export async function runChunks(rig: Rig, source: string, plan: Plan): Promise<WrittenObject[]> {
  const objects: WrittenObject[] = [];
  for (const { index } of plan.chunks) {
    const spec = { kind: 'video-chunk', plan, chunk: index, keys: keysOf(plan.periods) } as const;
    objects.push(...(await encode(rig, message(spec, { source }))).objects);
  }
  return objects;
}

/** All encode tasks of a plan, one after another, then the package. `pictures`, which take some seconds, on request. */
export async function runJob(
  rig: Rig,
  source: string,
  plan: Plan,
  output = 'hls/film/season-1/ep-1/v1/',
  { pictures = false, ...more }: Pick<TaskSpecOf<'package'>, 'amend'> & { pictures?: boolean } = {},
): Promise<{
  package: PackageResult;
  objects: WrittenObject[];
  results: EncodeResult[];
  /** What the package task was told. */
  spec: TaskSpecOf<'package'>;
}> {
  const { encryption } = plan.settings;
  const keys = encryption === 'none' ? {} : keysOf(plan.periods);
  const specs = [
    ...(plan.rungs.length > 0 ? plan.chunks : []).map(({ index }) => ({
      kind: 'video-chunk' as const,
      plan,
      chunk: index,
      keys,
    })),
    ...plan.audio.map(({ id }) => ({ kind: 'audio' as const, plan, rendition: id, keys })),
    ...plan.subtitles.map(({ id }) => ({ kind: 'subtitles' as const, plan, rendition: id, keys })),
    ...(pictures ? [{ kind: 'pictures' as const, plan }] : []),
  ] satisfies TaskSpec[];
  const results: EncodeResult[] = [];
  for (const spec of specs) {
    results.push(await encode(rig, message(spec, { source, output })));
  }
  const objects = results.flatMap((result) => result.objects);
  const reports = results.map(({ kind, facts, warnings = [] }, i) => {
    const spec = specs[i]!;
    const part = 'rendition' in spec ? spec.rendition : 'chunk' in spec ? String(spec.chunk) : '';
    return { kind, part, facts, warnings };
  });
  const keyId = encryption === 'none' ? null : 'c1';
  const spec = { kind: 'package' as const, plan, objects, reports, keyId, keys, ...more } satisfies TaskSpec;
  const done = await rig.perform(message(spec, { source, output }));
  if (done.kind !== 'package') throw new Error('not a package result');
  return { package: done, objects, results, spec };
}

export type Call = { task: string; what: string; body: unknown; at: number };
/** An edge that notes what it is told. `answer` decides the status of each call. */
export type FakeEdge = {
  calls: Call[];
  answer: (call: Call) => number;
  callback(task: string): string;
  /** The first call of this kind, when it comes. */
  told(task: string, what: string): Promise<Call>;
  close(): Promise<void>;
};

export async function fakeEdge(): Promise<FakeEdge> {
  const waiting: { task: string; what: string; tell: (call: Call) => void }[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((text) => {
      const [, task = '', what = ''] = (request.url ?? '').split('/');
      const call = { task, what, body: text ? (JSON.parse(text) as unknown) : undefined, at: Date.now() };
      edge.calls.push(call);
      response.writeHead(edge.answer(call)).end();
      for (const waiter of waiting) if (waiter.task === task && waiter.what === what) waiter.tell(call);
    });
  });
  const origin = await listen(server);
  const edge: FakeEdge = {
    calls: [],
    answer: () => 204,
    callback: (task) => `${origin}/${task}`,
    told: (task, what) => {
      const known = edge.calls.find((call) => call.task === task && call.what === what);
      return known ? Promise.resolve(known) : new Promise((tell) => waiting.push({ task, what, tell }));
    },
    close: () => shut(server),
  };
  return edge;
}

export const failureOf = (call: Call): TaskFailure => call.body as TaskFailure;
export const resultOf = (call: Call): EncodeResult => call.body as EncodeResult;

export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
export const shut = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

/** Saves and returns the path. */
export async function save(rig: Rig, name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(rig.folder, name);
  await writeFile(path, bytes);
  return path;
}
