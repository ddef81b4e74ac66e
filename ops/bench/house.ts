import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { JobView } from '../../schema/api/ingest.ts';
import type { Id } from '../../schema/ids.ts';
import { Plan } from '../../schema/jobs/plan.ts';
import { isOver, taskKinds } from '../../schema/jobs/state.ts';
import { ask, type Api } from '../api.ts';
import { answers } from '../local/answers.ts';
import { place } from '../local/ingest/place.ts';
import { people } from '../local/people.ts';
import { freePort, portsFrom } from '../local/ports.ts';
import { localSecrets } from '../local/secrets.ts';
import { freshBearer } from '../local/session.ts';
import { d1 } from '../local/worker.ts';
import { uploadFile } from '../upload.ts';
import type { JobRun } from './job-run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Looking costs the measured machine something, and the times are in the database. */
const LOOK_MS = 2_000;

const Rows = v.tuple([
  v.object({
    results: v.array(
      v.object({
        kind: v.picklist(taskKinds),
        part: v.string(),
        startedAt: v.number(),
        finishedAt: v.number(),
        cpuSeconds: v.nullable(v.number()),
        plan: v.string(),
      }),
    ),
  }),
]);

/** What `npm start` runs, empty: the platform as developers have it, edge, queue, store, CDN and one transcoder on this machine. */
export class House {
  readonly #data: string;
  readonly api: Api;
  readonly #stop: () => Promise<void>;
  #episodes = 0;

  /** @param env of the transcoder: its preset, the length of its chunks */
  static async start(env: Record<string, string>): Promise<House> {
    const data = await mkdtemp(join(tmpdir(), 'engawa-house-'));
    const port = await freePort();
    const start = join(root, 'ops/local/start.ts');
    const child = spawn(process.execPath, [start, '--no-demo', '--data', data, '--port', `${port}`], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    const origin = `http://localhost:${port}`;
    if (!(await answers(`${origin}/api/health`, ended)))
      throw new Error(`the platform did not start: ${said}`);
    while (!said.includes('Ready')) await sleep(200); // its last word; people are made before it
    return new House(data, { origin, token: freshBearer(origin, people.editor) }, async () => {
      child.kill('SIGINT');
      await ended;
      await rm(data, { recursive: true, force: true });
    });
  }

  private constructor(data: string, api: Api, stop: () => Promise<void>) {
    this.#data = data;
    this.api = api;
    this.#stop = stop;
  }

  /** An empty one. */
  async episode(): Promise<Id<'episode'>> {
    return (await place(this.api, 'A bench', 1, ++this.#episodes, () => {})).episodeId;
  }

  /** Stops a job, and deletes what it made; one that is over is left as it is. */
  async cancel(jobId: Id<'job'>): Promise<void> {
    await ask(this.api, 'POST', `/api/admin/jobs/${jobId}/cancel`, JobView, { json: {} }).catch(
      () => undefined,
    );
  }

  /** What stands in the media store under a key, as it is read. */
  async stored(Key: string): Promise<AsyncIterable<Uint8Array>> {
    const secrets = await localSecrets(this.#data);
    const s3 = new S3Client({
      endpoint: `http://localhost:${portsFrom(Number(new URL(this.api.origin).port)).store}`,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId: secrets.S3_ACCESS_KEY_ID, secretAccessKey: secrets.S3_SECRET_ACCESS_KEY },
    });
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'engawa-media', Key }));
    if (!(Body instanceof Readable)) throw new Error(`nothing is stored under ${Key}`);
    return Body;
  }

  /** One film through it all. */
  async job(film: string): Promise<JobRun> {
    const episodeId = await this.episode();
    const { jobId } = await uploadFile(this.api, { episodeId, path: film });
    const completedAt = Date.now();
    for (;;) {
      await sleep(LOOK_MS);
      const job = await ask(this.api, 'GET', `/api/admin/jobs/${jobId}`, JobView);
      if (!isOver(job.state)) continue;
      if (job.state !== 'ready') throw new Error(`the job is ${job.state}: ${job.detail}`);
      return this.#books(jobId, completedAt);
    }
  }

  async #books(jobId: string, completedAt: number): Promise<JobRun> {
    const sql = `select kind, part, tasks.started_at as startedAt, tasks.finished_at as finishedAt, result ->> 'cpuSeconds' as cpuSeconds, jobs.plan as plan from tasks join jobs on jobs.id = job_id where job_id = '${jobId}' and tasks.finished_at is not null and kind <> 'markers' order by tasks.started_at`;
    const answer = await d1(['execute', 'engawa', '--json', '--command', sql], { root, data: this.#data });
    const [{ results }] = v.parse(Rows, JSON.parse(answer.slice(answer.indexOf('['))));
    const last = Math.max(...results.map(({ finishedAt }) => finishedAt));
    return {
      wall: (last - completedAt) / 1000,
      plan: v.parse(Plan, JSON.parse(results[0]!.plan)),
      tasks: results.map(({ kind, part, startedAt, finishedAt, cpuSeconds }) => ({
        kind,
        part,
        began: (startedAt - completedAt) / 1000,
        seconds: (finishedAt - startedAt) / 1000,
        cpuSeconds: cpuSeconds ?? 0,
      })),
    };
  }

  stop = (): Promise<void> => this.#stop();
}
