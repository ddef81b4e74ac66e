import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { episodes, seasons, titles } from '../../schema/db/catalog.ts';
import { assets, jobs, tasks } from '../../schema/db/media.ts';
import type { Id } from '../../schema/ids.ts';
import { mediaStore, type MediaStore } from '../../transcoder/storage/store.ts';
import { testBindings } from '../../edge/testing/secrets.ts';
import { freePort } from '../local/ports.ts';
import { startStore } from '../local/store/server.ts';
import { uploadFile } from '../upload.ts';
import { Edge, TRANSCODER_SECRET } from './edge.ts';
import { dice, type Dice } from './random.ts';
import { storeProxy, type StoreProxy } from './store-proxy.ts';
import { Transcoder } from './transcoders.ts';

const BUCKET = 'media';
const keys = { S3_ACCESS_KEY_ID: 'LOCAL', S3_SECRET_ACCESS_KEY: 'local-secret' };

export type WorldOptions = {
  seed: number;
  transcoders?: number;
  /** FFmpeg processes of each transcoder at a time. */
  slots?: number;
  preset?: string;
  chunkSeconds?: number;
  /** For measuring: the queue delivers each message once, in order, and nothing stands before the store. */
  calm?: boolean;
};

/** A platform small enough to be broken hundreds of times: real transcoders, a real store, D1, and an edge in this process. */
export class World {
  readonly folder: string;
  readonly edge: Edge;
  readonly proxy: StoreProxy;
  readonly transcoders: readonly Transcoder[];
  readonly store: MediaStore;
  readonly dice: Dice;
  readonly #diskFull: string;
  readonly #close: () => Promise<void>;
  #titles = 0;

  static async start(options: WorldOptions): Promise<World> {
    const { seed, transcoders: count = 2, chunkSeconds = 2, slots = 1 } = options;
    const { preset = 'ultrafast', calm = false } = options;
    const folder = await mkdtemp(join(tmpdir(), 'engawa-chaos-'));
    const storePort = await freePort();
    const local = await startStore({
      port: storePort,
      folder: join(folder, 'store'),
      bucket: BUCKET,
      keys: { accessKeyId: keys.S3_ACCESS_KEY_ID, secretAccessKey: keys.S3_SECRET_ACCESS_KEY },
    });
    const proxy = await storeProxy(storePort);
    const env = {
      ...keys,
      S3_ENDPOINT: `http://127.0.0.1:${calm ? storePort : proxy.port}`,
      MEDIA_BUCKET: BUCKET,
    };
    const diskFull = join(folder, 'disk-full');
    const transcoders = Array.from({ length: count }, (_, i) => {
      const name = `transcoder-${i}`;
      return new Transcoder(name, folder, {
        ...env,
        TRANSCODER_SECRET,
        SLOTS: String(slots),
        PRESET: preset,
        CHUNK_SECONDS: String(chunkSeconds),
        FFMPEG_PATH: join(folder, 'ffmpeg'),
      });
    });
    await mkdir(folder, { recursive: true });
    await writeFile(
      join(folder, 'ffmpeg'),
      `#!/bin/sh\nif rm ${diskFull} 2>/dev/null; then echo 'av_interleaved_write_frame(): No space left on device' >&2; exit 1; fi\nexec ffmpeg "$@"\n`,
    );
    await chmod(join(folder, 'ffmpeg'), 0o755);
    const random = dice(seed);
    const edge = await Edge.start({
      env: { ...testBindings, ...env, S3_REGION: 'us-east-1', TRANSCODER_SECRET },
      transcoders,
      dice: random,
      calm,
    });
    await Promise.all(transcoders.map((transcoder) => transcoder.start()));
    return new World({ folder, edge, proxy, transcoders, dice: random, diskFull }, async () => {
      await Promise.all(transcoders.map((transcoder) => transcoder.kill()));
      await edge.stop();
      await proxy.stop();
      await local.stop();
      await rm(folder, { recursive: true, force: true });
    });
  }

  private constructor(
    parts: Pick<World, 'folder' | 'edge' | 'proxy' | 'transcoders' | 'dice'> & { diskFull: string },
    close: () => Promise<void>,
  ) {
    this.folder = parts.folder;
    this.edge = parts.edge;
    this.proxy = parts.proxy;
    this.transcoders = parts.transcoders;
    this.dice = parts.dice;
    this.#diskFull = parts.diskFull;
    this.#close = close;
    this.store = mediaStore({
      endpoint: `http://127.0.0.1:${this.proxy.port}`,
      region: 'us-east-1',
      bucket: BUCKET,
      accessKeyId: keys.S3_ACCESS_KEY_ID,
      secretAccessKey: keys.S3_SECRET_ACCESS_KEY,
    });
  }

  /** The next FFmpeg process finds the disk full. */
  fillDisk = (): Promise<void> => writeFile(this.#diskFull, '');
  emptyDisk = (): Promise<void> => rm(this.#diskFull, { force: true });

  /** Uploads a film for a new episode, to be published when ready. */
  async upload(path: string): Promise<{ jobId: Id<'job'>; episodeId: Id<'episode'>; completedAt: number }> {
    const episodeId = await this.#episode();
    const api = { origin: this.edge.origin, token: 'an-editor' };
    const { jobId } = await uploadFile(api, { episodeId, path, publishWhenReady: true });
    return { jobId, episodeId, completedAt: Date.now() };
  }

  async job(id: Id<'job'>) {
    const [row] = await this.edge.platform.db
      .select({ job: jobs, asset: assets, published: episodes.assetId })
      .from(jobs)
      .innerJoin(assets, eq(assets.id, jobs.assetId))
      .innerJoin(episodes, eq(episodes.id, jobs.episodeId))
      .where(eq(jobs.id, id));
    if (!row) throw new Error(`there is no job ${id}`);
    return row;
  }

  /** CPU seconds of the dearest task of a job, by the edge's books. */
  async dearestTask(id: Id<'job'>): Promise<number> {
    const rows = await this.edge.platform.db
      .select({ result: tasks.result })
      .from(tasks)
      .where(eq(tasks.jobId, id));
    return Math.max(
      0,
      ...rows.map(({ result }) => (result && 'cpuSeconds' in result ? (result.cpuSeconds ?? 0) : 0)),
    );
  }

  /** CPU seconds of all media work so far. */
  async cpu(): Promise<number> {
    const spent = await Promise.all(this.transcoders.map((transcoder) => transcoder.cpu()));
    return spent.reduce((a, b) => a + b, 0);
  }

  stop = (): Promise<void> => this.#close();

  async #episode(): Promise<Id<'episode'>> {
    const { db, newId, now } = this.edge.platform;
    const [titleId, seasonId, id] = [newId('title'), newId('season'), newId('episode')];
    const at = { createdAt: now(), updatedAt: now() };
    const slug = `title-${++this.#titles}`;
    const title = {
      id: titleId,
      slug,
      kind: 'series',
      nameMain: slug,
      status: 'airing',
      ageRating: 'all',
    } as const;
    await db.batch([
      db.insert(titles).values({ ...title, ...at }),
      db.insert(seasons).values({ id: seasonId, titleId, number: 1 }),
      db.insert(episodes).values({ id, titleId, seasonId, season: 1, number: 1, ...at }),
    ]);
    return id;
  }
}
