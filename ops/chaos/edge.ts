import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { Hono } from 'hono';
import { getPlatformProxy } from 'wrangler';
import type { AppEnv } from '../../edge/http/context.ts';
import { onProblem } from '../../edge/http/problem.ts';
import { ingestAdmin } from '../../edge/ingest/admin-routes.ts';
import { earlyWatch } from '../../edge/ingest/early-watch.ts';
import { ingest } from '../../edge/ingest/routes.ts';
import { transcoderCallbacks } from '../../edge/ingest/transcoder-routes.ts';
import { sweep } from '../../edge/operations/sweeper.ts';
import type { Feed } from '../../edge/platform/feed.ts';
import { platform as platformOf, type Platform } from '../../edge/platform/platform.ts';
import { transcoder as at } from '../../edge/platform/transcoder.ts';
import { tasks } from '../../schema/db/media.ts';
import type { Id } from '../../schema/ids.ts';
import type { TaskMessage } from '../../schema/jobs/task.ts';
import type { Dice } from './random.ts';
import { startPump, type Pump } from './pump.ts';
import type { Transcoder } from './transcoders.ts';
import { likeWorkerd } from './workerd.ts';

type Bindings = Parameters<typeof platformOf>[0];
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Of the edge towards the transcoders that it works with. */
export const TRANSCODER_SECRET = 'a-secret-of-the-chaos-run';

/** What a transcoder says of a task, as it arrives (`before` it counts) and as it is answered (`after`). */
export type Said = {
  verb: string;
  taskId: string;
  kind: TaskMessage['kind'];
  transcoder: Transcoder;
  when: 'before' | 'after';
};
export type EdgeOptions = {
  /** Bindings that wrangler.toml leaves to secrets and to the machine. */
  env: Record<string, string>;
  transcoders: readonly Transcoder[];
  dice: Dice;
  calm: boolean;
};

/**
 * The ingest slice of the edge in this process: D1 and R2 are Miniflare's, over HTTP as transcoders and tools reach it. The queue
 * delivers late, twice and out of order, and the clock can be moved on.
 */
export class Edge {
  readonly platform: Platform;
  readonly #server: Server;
  readonly #pump: Pump;
  readonly #close: () => Promise<void>;
  readonly #holders = new Map<string, { transcoder: Transcoder; message: TaskMessage }>();
  #ahead = 0;
  /** Sees every callback; `false` before it counts: it never arrived. After: its answer is lost. */
  onCall: (said: Said) => boolean | Promise<boolean> = () => true;

  static async start({ env, transcoders, dice, calm }: EdgeOptions): Promise<Edge> {
    likeWorkerd();
    process.env['WRANGLER_LOG'] ??= 'none'; // it would warn of secrets and containers that nobody needs here
    const proxy = await getPlatformProxy<Bindings>({ configPath: `${root}/wrangler.toml`, persist: false });
    for (const statement of await migrations()) await proxy.env.DB.prepare(statement).run();
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const bindings: Bindings = { ...proxy.env, ...env, PUBLIC_ORIGIN: origin };
    return new Edge(platformOf(bindings), server, { transcoders, dice, calm }, () => proxy.dispose());
  }

  private constructor(
    real: Platform,
    server: Server,
    { transcoders, dice, calm }: Omit<EdgeOptions, 'env'>,
    close: () => Promise<void>,
  ) {
    const now = () => Date.now() + this.#ahead;
    const queue = { send: (ids: readonly string[], seconds = 0) => this.#pump.send(ids, seconds) };
    const transcoder = { post: (message: TaskMessage) => this.#post(transcoders, dice, message) };
    // Vendors behind getters stay as they are; what is doubled stands before them.
    this.platform = Object.assign(Object.create(real) as Platform, {});
    const feed: Feed = {
      tell: () => Promise.resolve(),
      connect: () => Promise.reject(new Error('nobody looks')),
    };
    for (const [name, value] of Object.entries({ queue, transcoder, feed, now }))
      Object.defineProperty(this.platform, name, { value });
    this.#pump = startPump(this.platform, dice, calm);
    this.#close = close;
    this.#server = server.on('request', (request, response) => void this.#relay(request, response));
  }

  get origin(): string {
    return this.platform.settings.origin;
  }
  sweep = (): Promise<void> => sweep(this.platform);

  /** What a transcoder works on right now, as far as the edge knows. */
  heldBy(transcoder: Transcoder): TaskMessage[] {
    return [...this.#holders.values()].flatMap((held) =>
      held.transcoder === transcoder ? [held.message] : [],
    );
  }
  /** Its heartbeats have stopped: what it held runs out when the clock moves on. */
  forget(transcoder: Transcoder): void {
    for (const [id, held] of this.#holders) if (held.transcoder === transcoder) this.#holders.delete(id);
  }

  /** Time passes at once. Whoever is alive has kept its leases meanwhile. */
  async pass(ms: number): Promise<void> {
    this.#ahead += ms;
    const alive = [...this.#holders.keys()] as Id<'task'>[];
    if (alive.length === 0) return;
    await this.platform.db
      .update(tasks)
      .set({ dueAt: sql`${tasks.dueAt} + ${ms}` })
      .where(and(eq(tasks.state, 'leased'), inArray(tasks.id, alive)));
  }
  /** How long until the next message or retry is due; null: nothing waits. */
  idleMs = (): number | null => this.#pump.idleMs();

  async stop(): Promise<void> {
    await this.#pump.stop();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.#close();
  }

  async #post(transcoders: readonly Transcoder[], dice: Dice, message: TaskMessage) {
    const first = dice.below(transcoders.length);
    let said: 'busy' | 'unreachable' = 'unreachable';
    for (let i = 0; i < transcoders.length; i++) {
      const transcoder = transcoders[(first + i) % transcoders.length]!;
      const answer = await at(transcoder.address, TRANSCODER_SECRET, (input, init) =>
        fetch(input, { ...init, signal: AbortSignal.timeout(2_000) }),
      ).post(message);
      if (answer === 'accepted') {
        this.#holders.set(message.taskId, { transcoder, message });
        return answer;
      }
      if (answer === 'busy') said = answer;
    }
    return said;
  }

  readonly #app = slices(() => this.platform);
  async #relay(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, taskId, verb] = /^\/api\/transcoder\/tasks\/([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    const holder = this.#holders.get(taskId ?? '');
    const hear = (when: Said['when']) =>
      taskId && verb && holder
        ? this.onCall({ verb, taskId, kind: holder.message.kind, transcoder: holder.transcoder, when })
        : true;
    const body: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) body.push(part);
    if (!(await hear('before'))) return void response.destroy();
    const sent = request.method === 'GET' || request.method === 'HEAD' ? {} : { body: Buffer.concat(body) };
    const headers = new Headers(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    headers.delete('accept-encoding'); // encoding the body is the Workers runtime's part
    const asked = new Request(`${this.origin}${request.url}`, {
      method: request.method ?? 'GET',
      headers,
      ...sent,
    });
    const context = { waitUntil: (work: Promise<unknown>) => void work.catch(() => undefined) };
    const answer = await this.#app.fetch(
      asked,
      {},
      { ...context, passThroughOnException: () => {}, props: {} },
    );
    if (taskId && verb !== 'heartbeat') this.#holders.delete(taskId);
    if (!(await hear('after'))) return void response.destroy();
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  }
}

/** The routes that ingest needs, for one editor who is always signed in. */
function slices(platform: () => Platform): Hono<AppEnv> {
  const editor = {
    userId: 'usr_chaos',
    name: 'Editor',
    email: 'editor@engawa.test',
    emailVerified: true,
    role: 'editor',
  } as const;
  const app = new Hono<AppEnv>();
  app.use(async (c, next) => {
    c.set('requestId', 'req_chaos');
    c.set('platform', platform());
    c.set('actor', () => Promise.resolve(editor));
    c.set('currentRole', () => Promise.resolve('editor'));
    c.set('writeDownAs', () => undefined); // who did it is not what is broken here
    await next();
  });
  app.onError(onProblem);
  return app
    .route('/', ingest)
    .route('/', ingestAdmin)
    .route('/', earlyWatch)
    .route('/', transcoderCallbacks);
}

async function migrations(): Promise<string[]> {
  const folder = `${root}/schema/db/migrations`;
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const texts = await Promise.all(files.map((name) => readFile(`${folder}/${name}`, 'utf8')));
  return texts.flatMap((text) => text.split('--> statement-breakpoint')).filter((text) => text.trim() !== '');
}
