import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EarlyWatch } from '../../schema/api/media.ts';
import { assets } from '../../schema/db/media.ts';
import type { TaskMessage, TaskResult } from '../../schema/jobs/task.ts';
import { periodKey } from '../platform/content-keys.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { asEditor, uploaded, type World } from './ingest.fixture.ts';
import { resultOf } from './plan.fixture.ts';
import { openWatchToken, watchToken } from './watch-token.ts';
import { code, eachInItsWorld, encoding } from './world.fixture.ts';

let world: World;
eachInItsWorld((made) => (world = made));

/** Does a task as a real transcoder does: each rendition's init segment is reported with its codec. */
async function work(message: TaskMessage): Promise<void> {
  const { spec } = message;
  const segments = spec.kind === 'package' ? spec.objects.filter(({ segment }) => segment) : [];
  const bare = spec.kind === 'package' ? { ...message, spec: { ...spec, objects: segments } } : message;
  const result = resultOf(bare, world.ways);
  const reported = withInits(result);
  if ('objects' in reported)
    for (const { key, bytes } of reported.objects) world.store.objects.set(message.output + key, bytes);
  expect((await world.say(message, 'complete', reported)).status).toBe(204);
}
function withInits(result: TaskResult): TaskResult {
  if (result.kind !== 'video-chunk' && result.kind !== 'audio') return result;
  const renditions = new Set(result.objects.flatMap(({ segment }) => segment?.rendition ?? []));
  const inits = [...renditions].map((rendition) => ({
    key: `${rendition}/init.mp4`,
    bytes: 700,
    sha256: 'b'.repeat(64),
    init: { rendition, codec: rendition.startsWith('v') ? 'avc1.640015' : 'mp4a.40.2', timescale: 24 },
  }));
  return { ...result, objects: [...inits, ...result.objects] };
}

const watch = async (jobId: string): Promise<EarlyWatch> => {
  const answer = await asEditor('POST', `/api/admin/jobs/${jobId}/watch`);
  expect(answer.status).toBe(200);
  return answer.json();
};
const beside = ({ masterUrl }: EarlyWatch, name: string) =>
  call('GET', new URL(masterUrl).pathname.replace('master.m3u8', name));
const text = async (answer: Response) => {
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toMatch(/no-store/);
  return new TextDecoder().decode(await answer.arrayBuffer());
};
/** Keys in the store of everything that a playlist lists. */
const listed = (playlist: string) =>
  [...playlist.matchAll(/https?:\/\/[^\s"]+/g)].map(([url]) => new URL(url).pathname.slice(1));
const count = (playlist: string) => playlist.match(/#EXTINF/g)?.length ?? 0;

describe('an episode that is still being encoded', () => {
  it('grows only at its end, and lists nothing that is not stored, in whatever order its tasks end', async () => {
    const order = fc.sample(fc.array(fc.nat(), { minLength: 9, maxLength: 9 }), { numRuns: 3, seed: 7 });
    for (const picks of order) {
      world.ways = { chunks: 5 };
      const { upload, held } = await encodingWithInits();
      const first = held.find(({ spec }) => 'chunk' in spec && spec.chunk === 0)!;
      await work(first);
      const rest = held.filter((message) => message !== first);
      const watching = await watch(upload.jobId);
      const said = new Map<string, string>();
      for (const pick of [...picks, -1]) {
        for (const name of ['v360', 'a0-ja', 's0-en']) {
          const answer = await beside(watching, `${name}.m3u8`);
          if (answer.status === 404) continue; // its task is not done
          const playlist = await text(answer);
          expect(playlist.startsWith(said.get(name) ?? '')).toBe(true);
          for (const key of listed(playlist)) expect([...world.store.objects.keys()]).toContain(key);
          expect(playlist.includes('#EXT-X-ENDLIST')).toBe(name === 's0-en');
          said.set(name, playlist);
        }
        expect(count(said.get('a0-ja') ?? '')).toBeLessThanOrEqual(count(said.get('v360')!));
        if (pick >= 0 && rest.length > 0) await work(rest.splice(pick % rest.length, 1)[0]!);
      }
      expect(rest).toEqual([]);
      const [pack] = await world.take();
      await work(pack!);
      for (const name of ['v360', 'a0-ja'])
        expect(await text(await beside(watching, `${name}.m3u8`))).toBe(`${said.get(name)}#EXT-X-ENDLIST\n`);
      expect(count(said.get('v360')!)).toBe(10);
      await world.finish(); // what comes after the package
    }
  });

  it('can be watched from its head on, while the source is still being measured', async () => {
    world.ways = { look: 'quick' };
    const upload = await uploaded(world);
    const [probe] = await world.take();
    expect(await code(await asEditor('POST', `/api/admin/jobs/${upload.jobId}/watch`))).toBe('conflict');
    await work(probe!);
    const [head, survey] = await world.take();
    const early = await asEditor('POST', `/api/admin/jobs/${upload.jobId}/watch`);
    expect(early.headers.get('retry-after')).not.toBeNull();
    expect(await code(early)).toBe('conflict');
    await work(head!);
    expect((await world.job(upload.jobId)).state).toBe('probing');

    const watching = await watch(upload.jobId);
    expect(watching).toMatchObject({ available: 4, duration: 12, audio: [] });
    const master = await text(await beside(watching, 'master.m3u8'));
    expect(master).toContain('v240.m3u8');
    expect(master).toContain('CODECS="avc1.640015",RESOLUTION=640x360');
    expect(master).toContain('BANDWIDTH=4000,'); // 1,000 bytes in 2 s, measured
    expect(master).not.toContain('TYPE=AUDIO');
    expect(master).toContain('#EXT-X-START:TIME-OFFSET=0');
    const playlist = await text(await beside(watching, 'v360.m3u8'));
    expect(playlist).toContain('#EXT-X-PLAYLIST-TYPE:EVENT\n');
    expect(playlist).toContain('#EXT-X-TARGETDURATION:6\n');

    await work(survey!); // which finds that one rung is not worth having
    expect(await text(await beside(watching, 'master.m3u8'))).not.toContain('v240.m3u8');
    expect((await beside(watching, 'v240.m3u8')).status).toBe(404);
    expect((await text(await beside(watching, 'v360.m3u8'))).startsWith(playlist)).toBe(true);
    for (const message of await world.take()) await work(message);
    expect(await watch(upload.jobId)).toMatchObject({ available: 12, duration: 12, audio: ['Japanese'] });
    const later = await text(await beside(watching, 'master.m3u8'));
    expect(later).toContain('TYPE=AUDIO');
    expect(later).toContain('TYPE=SUBTITLES');
  });

  it('is decrypted by its own keys, and by none where it is in the clear', async () => {
    const { upload, held } = await encodingWithInits();
    await work(held[0]!);
    const watching = await watch(upload.jobId);
    expect(await text(await beside(watching, 'v360.m3u8'))).toContain(
      '#EXT-X-KEY:METHOD=AES-128,URI="key/0"',
    );
    const key = new Uint8Array(await (await beside(watching, 'key/0')).arrayBuffer());
    const keys = JSON.parse(env.CONTENT_KEYS) as Record<string, string>;
    expect(key).toEqual(await periodKey(keys, 'c1', upload.assetId, 0));
    expect((await beside(watching, 'key/9')).status).toBe(404);

    await world.platform.db.update(assets).set({ keyId: null }).where(eq(assets.id, upload.assetId));
    expect(await text(await beside(watching, 'v360.m3u8'))).not.toContain('EXT-X-KEY');
    expect((await beside(watching, 'key/0')).status).toBe(404);
  });

  it('is for editors, as long as the token says, while the job lives', async () => {
    const { upload, held } = await encodingWithInits();
    await work(held[0]!);
    const path = `/api/admin/jobs/${upload.jobId}/watch`;
    expect((await call('POST', path, { token: await bearer('viewer') })).status).toBe(403);
    expect((await asEditor('POST', '/api/admin/jobs/job_nobody/watch')).status).toBe(404);
    const watching = await watch(upload.jobId);
    const forged = { ...watching, masterUrl: watching.masterUrl.replace(/\.\d+\./, '.9999999999.') };
    for (const name of ['master.m3u8', 'v360.m3u8', 'key/0']) {
      expect((await beside(watching, name)).status).toBe(200);
      const refused = await beside(forged, name);
      expect(await code(refused)).toBe('invalid-token');
      expect(refused.headers.get('access-control-allow-origin')).toBe('*');
    }
    await asEditor('POST', `/api/admin/jobs/${upload.jobId}/cancel`);
    expect(await code(await beside(watching, 'v360.m3u8'))).toBe('conflict');
    expect(await code(await asEditor('POST', path))).toBe('conflict');
  });
});

it('a watch token is good for its job until its end, and for nothing else', async () => {
  const until = Date.UTC(2026, 10, 22, 12);
  const token = await watchToken('secret', 'job_0001', until);
  expect(await openWatchToken('secret', token, until - 1)).toEqual({ jobId: 'job_0001', until });
  expect(await openWatchToken('secret', token, until)).toBeNull();
  expect(await openWatchToken('other', token, 0)).toBeNull();
  expect(await openWatchToken('secret', token.replace('job_0001', 'job_0002'), 0)).toBeNull();
  expect(await openWatchToken('secret', 'job_0001', 0)).toBeNull();
});

/** An exact plan at once; the transcoder holds all encode tasks, the head first. */
async function encodingWithInits() {
  const { upload, held } = await encoding(world);
  expect(held[0]!.spec).toMatchObject({ kind: 'video-chunk', chunk: 0 });
  return { upload, held };
}
