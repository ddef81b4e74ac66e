import { execFile, spawn } from 'node:child_process';
import { createHash, randomFillSync } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, mkdtemp, open, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { Upload } from '../../schema/api/ingest.ts';
import { ask } from '../api.ts';
import { bounded, equal, shown, type Figure } from './figure.ts';
import { House } from './house.ts';

const run = promisify(execFile);
const GIB = 2 ** 30;
const CHUNK = 4 * 2 ** 20;
/** Parts that have arrived, by the uploader's own word, when it is killed: early, in the middle, late. */
const KILLS = [20, 120, 220];
const sender = fileURLToPath(new URL('upload-sender.ts', import.meta.url));

const Said = v.variant('said', [
  v.object({ said: v.literal('start'), uploadId: v.string(), received: v.array(v.number()) }),
  v.object({ said: v.literal('put'), number: v.number() }),
  v.object({ said: v.literal('done'), uploadId: v.string(), memory: v.number() }),
]);
/** `memory`: the most it had, bytes; null: it was killed. */
type Run = { uploadId: string; put: number[]; memory: number | null };

/** One uploader, as a process of its own: to its end, or to the moment when so many parts have arrived, at which it gets SIGKILL. */
async function send(house: House, episodeId: string, path: string, killAt: number): Promise<Run> {
  const child = spawn(process.execPath, [sender, house.api.origin, episodeId, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const sent: Run = { uploadId: '', put: [], memory: null };
  const arrived = new Set<number>();
  for await (const line of createInterface({ input: child.stdout })) {
    const told = v.parse(v.pipe(v.string(), v.parseJson(), Said), line);
    if (told.said === 'done') sent.memory = told.memory;
    else if (told.said === 'start') {
      sent.uploadId = told.uploadId;
      for (const number of told.received) arrived.add(number);
    } else {
      sent.put.push(told.number);
      arrived.add(told.number);
      if (arrived.size >= killAt) child.kill('SIGKILL');
    }
  }
  return sent;
}

async function digest(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest('hex');
}

/** Two seconds that play, then noise, so that no two parts are alike: what stands in a `free` box is skipped (ISO 14496-12, §8.1.2). */
async function film(path: string, bytes: number): Promise<void> {
  const picture = ['-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=24:duration=2', '-c:v', 'libx264'];
  await run('ffmpeg', ['-v', 'error', '-y', ...picture, '-pix_fmt', 'yuv420p', '-f', 'mp4', path]);
  const left = bytes - (await stat(path)).size;
  const box = Buffer.alloc(8);
  box.writeUInt32BE(left);
  box.write('free', 4, 'latin1');
  await appendFile(path, box);
  await noise(path, left - box.length);
}

async function noise(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'a');
  const chunk = Buffer.alloc(CHUNK);
  for (let left = bytes; left > 0; left -= CHUNK)
    await file.write(randomFillSync(chunk), 0, Math.min(CHUNK, left));
  await file.close();
}

/** 2 GB to the local store, the uploader killed three times on the way; and what it needs of memory as files grow. */
export async function upload(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'engawa-upload-'));
  const house = await House.start({});
  try {
    const path = join(folder, 'film.mkv');
    await film(path, 2 * GIB);
    const episodeId = await house.episode();
    const runs: Run[] = [];
    for (const killAt of [...KILLS, Infinity]) runs.push(await send(house, episodeId, path, killAt));
    const { uploadId } = runs.at(-1)!;
    // Everything that the store had answered a PUT of, by the word of whoever sent it, is completed.
    const completed = new Set<number>();
    let again = 0;
    for (const { put } of runs) {
      again += put.filter((number) => completed.has(number)).length;
      for (const number of put) completed.add(number);
    }
    const done = await ask(house.api, 'GET', `/api/uploads/${uploadId}`, Upload);
    const wanted = await digest(createReadStream(path));
    const got = await digest(await house.stored(`sources/${uploadId}/source`));
    await house.cancel(done.jobId!);
    console.log(`    ${got} (SHA-256 of what is stored)\n    ${done.checksum} (composite)`);

    const memory: number[] = [];
    for (const gigabytes of [1, 8]) {
      const sparse = join(folder, `${gigabytes}.mkv`);
      await noise(sparse, CHUNK);
      await truncate(sparse, gigabytes * GIB);
      const sent = await send(house, await house.episode(), sparse, Infinity);
      const { jobId } = await ask(house.api, 'GET', `/api/uploads/${sent.uploadId}`, Upload);
      await house.cancel(jobId!);
      memory.push(sent.memory! / 2 ** 20);
      await rm(sparse);
    }
    return [
      shown({
        name: 'uploader killed',
        value: runs.filter((one) => one.memory === null).length,
        unit: 'times',
      }),
      shown({ name: 'parts', value: done.parts, unit: '' }),
      equal(
        { name: 'bytes of SHA-256 that are right, of 32', value: sameBytes(got, wanted), unit: '' },
        { name: 'all', value: 32 },
      ),
      bounded({ name: 'parts that were sent again though they had completed', value: again, unit: '' }, 0),
      bounded(
        {
          name: 'uploads begun besides the first',
          value: new Set(runs.map((one) => one.uploadId)).size - 1,
          unit: '',
        },
        0,
      ),
      shown({ name: 'most memory of the uploader, a file of 1 GiB', value: memory[0]!, unit: 'MiB' }),
      bounded({ name: 'more of it for 8 GiB', value: Math.max(0, memory[1]! - memory[0]!), unit: 'MiB' }, 64),
    ];
  } finally {
    await house.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const sameBytes = (a: string, b: string): number =>
  Array.from({ length: 32 }, (_, i) => a.slice(2 * i, 2 * i + 2) === b.slice(2 * i, 2 * i + 2)).filter(
    Boolean,
  ).length;
