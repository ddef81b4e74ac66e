import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { episodes } from '../../schema/db/catalog.ts';
import { assets, jobs, retired } from '../../schema/db/media.ts';
import type { Id } from '../../schema/ids.ts';
import { RETIRED_MS } from '../../schema/jobs/state.ts';
import type { TaskMessage } from '../../schema/jobs/task.ts';
import type { Package } from '../../schema/package.ts';
import { asEditor, episode, startUpload, uploaded, uploadedTrack, type World } from './ingest.fixture.ts';
import { resultOf } from './plan.fixture.ts';
import { code, eachInItsWorld, LEASE_S, ofKind } from './world.fixture.ts';

let world: World;
eachInItsWorld((made) => (world = made));

const english = { kind: 'audio', language: 'en', name: 'English' };
const german = { kind: 'subtitles', language: 'de' };

/** An episode that viewers watch. */
async function published() {
  const upload = await uploaded(world, { publishWhenReady: true });
  await world.finish();
  return upload;
}
const assetRow = async (id: Id<'asset'>) =>
  (await world.platform.db.select().from(assets).where(eq(assets.id, id)))[0]!;
const episodeRow = async (id: Id<'episode'>) =>
  (await world.platform.db.select().from(episodes).where(eq(episodes.id, id)))[0]!;
const packageAt = async (id: string, revision: number) =>
  (await env.BUCKET.get(`packages/${id}/${revision}.json`))?.json<Package>();
const idsOf = ({ video, audio, subtitles }: Package) =>
  [...video, ...audio, ...subtitles].map(({ id }) => id);
const remove = (assetId: string, rendition: string) =>
  asEditor('DELETE', `/api/admin/assets/${assetId}/tracks/${rendition}`);
const begun = async (answer: Response) => {
  expect(answer.status).toBe(202);
  return (await answer.json<{ jobId: Id<'job'> }>()).jobId;
};
/** Goes on until the transcoder has nothing left to do but package. */
async function upToPackages(): Promise<TaskMessage[]> {
  const packages: TaskMessage[] = [];
  for (;;) {
    const held = await world.take();
    if (held.length === 0) return packages;
    packages.push(...ofKind(held, 'package'));
    for (const message of held) if (message.kind !== 'package') await world.work(message);
  }
}
const writtenBy = (message: TaskMessage) => {
  const result = resultOf(message);
  return 'objects' in result ? result.objects : [];
};

describe('a dub for a published episode', () => {
  it('joins it as the next revision, and touches nothing that was there', async () => {
    const { episodeId, assetId } = await published();
    const before = new Map(world.store.objects);
    const track = await uploadedTrack(world, episodeId, english);
    expect(track.assetId).toBe(assetId);
    const [probe] = await world.take();
    expect(probe).toMatchObject({
      kind: 'probe',
      source: { key: `sources/${track.id}/source`, bytes: 500 },
      spec: {
        amend: { plan: { exact: true }, change: { number: 2, add: { ...english, delay: 0 }, remove: [] } },
      },
    });
    await world.work(probe!);
    const [sound] = await world.take();
    expect(sound).toMatchObject({ kind: 'audio', spec: { rendition: 'r2-a0-en' } });
    await world.work(sound!);
    const [pack] = await world.take();
    expect(pack!.spec).toMatchObject({ amend: { base: { revision: 1 }, change: { number: 2 } } });
    await world.work(pack!);

    expect((await world.job(track.jobId)).state).toBe('ready');
    expect(await assetRow(assetId)).toMatchObject({ revision: 2, amendments: 2, verified: true });
    expect(await episodeRow(episodeId)).toMatchObject({ assetId, assetRevision: 2, audio: ['ja', 'en'] });
    expect(idsOf((await packageAt(assetId, 2))!)).toEqual(['v360', 'a0-ja', 'r2-a0-en', 's0-en']);
    expect(idsOf((await packageAt(assetId, 1))!)).not.toContain('r2-a0-en');
    expect([...before.keys()].filter((key) => !world.store.objects.has(key))).toEqual([]);
  });

  it('may replace a track, which goes once nobody can be watching it any more', async () => {
    const { episodeId, assetId } = await published();
    const { prefix } = await assetRow(assetId);
    await uploadedTrack(world, episodeId, { ...english, language: 'ja', replaces: 'a0-ja' });
    await world.finish();
    expect(idsOf((await packageAt(assetId, 2))!)).toEqual(['v360', 'r2-a0-ja', 's0-en']);
    const going = () => world.platform.db.select().from(retired);
    expect(await going()).toEqual([{ prefix: `${prefix}a0-ja/`, clearAt: Date.now() + RETIRED_MS }]);
    world.pass(RETIRED_MS / 1000 - 1);
    await world.sweep();
    expect(world.store.under(`${prefix}a0-ja/`).length).toBeGreaterThan(0);
    world.pass(1);
    await world.sweep();
    expect(world.store.under(`${prefix}a0-ja/`)).toEqual([]);
    expect(world.store.under(`${prefix}r2-a0-ja/`).length).toBeGreaterThan(0);
    expect(await going()).toEqual([]);
  });

  it('is refused where there is no video yet, or nothing of that kind and name to replace', async () => {
    const refused = (episodeId: string, track: object) =>
      asEditor('POST', '/api/uploads', { episodeId, fileName: 'a.mka', bytes: 9, track });
    expect(await code(await refused(await episode(), english))).toBe('conflict');
    const { episodeId } = await published();
    expect(await code(await refused(episodeId, { ...english, replaces: 's0-en' }))).toBe('not-found');
    const fine = await startUpload(episodeId, 9, { track: { ...english, replaces: 'a0-ja' } });
    expect(fine.state).toBe('open');
  });

  it('that is cancelled leaves nothing of its own and all of the asset', async () => {
    const { episodeId, assetId } = await published();
    const before = [...world.store.objects.keys()].toSorted();
    const track = await uploadedTrack(world, episodeId, english);
    const [probe] = await world.take();
    await world.work(probe!);
    const [sound] = await world.take();
    for (const { key, bytes } of writtenBy(sound!)) world.store.objects.set(sound!.output + key, bytes);
    await asEditor('POST', `/api/admin/jobs/${track.jobId}/cancel`);
    world.pass(LEASE_S + 6);
    await world.sweep();
    expect([...world.store.objects.keys()].toSorted()).toEqual(before);
    expect(await assetRow(assetId)).toMatchObject({ revision: 1 });
    const next = await uploadedTrack(world, episodeId, english);
    await world.finish();
    expect((await world.job(next.jobId)).state).toBe('ready');
    expect(idsOf((await packageAt(assetId, 2))!)).toContain('r3-a0-en');
  });

  it('that failed keeps its file and is tried again', async () => {
    const { episodeId, assetId } = await published();
    const track = await uploadedTrack(world, episodeId, english);
    const [probe] = await world.take();
    await world.work(probe!);
    const [sound] = await world.take();
    await world.say(sound!, 'fail', { problem: 'encode-failed', detail: 'x', retryable: false });
    await vi.waitFor(async () =>
      expect((await asEditor('POST', `/api/admin/jobs/${track.jobId}/retry`)).status).toBe(200),
    );
    expect(world.store.under(`sources/${track.id}/`)).toHaveLength(1);
    await world.finish();
    expect(await assetRow(assetId)).toMatchObject({ revision: 2 });
  });

  const rung = { id: 'r2-v360', width: 640, height: 360, crf: 23, maxrate: 1, bufsize: 1 };
  it.each<[string, object]>([
    ['another timeline', { frames: 47 }],
    ['nothing', { audio: [] }],
    ['pictures', { rungs: [rung] }],
    ['a name that is not its own', { rungs: [{ ...rung, id: 'v480' }] }],
  ])('is not planned with %s', async (_, change) => {
    const { episodeId } = await published();
    await uploadedTrack(world, episodeId, english);
    const [probe] = await world.take();
    const result = resultOf(probe!);
    if (result.kind !== 'probe') throw new Error('not a probe');
    const wrong = { kind: 'probe', plan: { ...result.plan, ...change } };
    expect(await code(await world.say(probe!, 'complete', wrong))).toBe('invalid-request');
  });
});

describe('amendments at once', () => {
  it('all take effect, one on top of the other', async () => {
    const { episodeId, assetId } = await published();
    await uploadedTrack(world, episodeId, english);
    await uploadedTrack(world, episodeId, german);
    await begun(await asEditor('POST', `/api/admin/assets/${assetId}/av1`));
    const [first, ...others] = await upToPackages();
    expect(others).toEqual([]); // one at a time
    await world.work(first!);
    for (let i = 0; i < 3; i++) {
      world.pass(200);
      await world.sweep();
      await world.finish();
    }
    expect(await assetRow(assetId)).toMatchObject({ revision: 4, amendments: 4 });
    const all = ['a0-ja', 'r2-a0-en', 'r3-s0-de', 'r4-v360-av1', 's0-en', 'v360'];
    expect(idsOf((await packageAt(assetId, 4))!).toSorted()).toEqual(all);
    expect(await episodeRow(episodeId)).toMatchObject({
      assetRevision: 4,
      audio: ['ja', 'en'],
      subtitles: ['en', 'de'],
    });
  });

  it('that were packaged on a revision that is not the last one are packaged again', async () => {
    const { episodeId, assetId } = await published();
    const track = await uploadedTrack(world, episodeId, english);
    const [pack] = await upToPackages();
    const second = { ...(await packageAt(assetId, 1)), revision: 2 };
    await env.BUCKET.put(`packages/${assetId}/2.json`, JSON.stringify(second));
    await world.platform.db.update(assets).set({ revision: 2 }).where(eq(assets.id, assetId));
    expect((await world.work(pack!)).status).toBe(204);
    expect((await world.job(track.jobId)).state).toBe('packaging');
    expect(idsOf((await packageAt(assetId, 2))!)).not.toContain('r2-a0-en'); // history stays
    const [again] = await world.take();
    expect(again!.spec).toMatchObject({ amend: { base: { revision: 2 } } });
    await world.work(again!);
    expect(await assetRow(assetId)).toMatchObject({ revision: 3 });
    const done = (await world.job(track.jobId)).tasks.find(({ kind }) => kind === 'package');
    expect(done?.attempt).toBe(1); // it was nobody's fault
  });
});

describe('removing a track', () => {
  it('asks for nothing but a package', async () => {
    const { episodeId, assetId } = await published();
    const jobId = await begun(await remove(assetId, 's0-en'));
    expect(await world.job(jobId)).toMatchObject({ state: 'packaging', purpose: 'remove' });
    const [pack, ...others] = await world.take();
    expect([pack!.kind, others]).toEqual(['package', []]);
    await world.work(pack!);
    expect((await world.job(jobId)).state).toBe('ready');
    expect(await episodeRow(episodeId)).toMatchObject({ subtitles: [], assetRevision: 2 });
  });

  it('can be tried again when it failed', async () => {
    const { assetId } = await published();
    const jobId = await begun(await remove(assetId, 's0-en'));
    const [pack] = await world.take();
    await world.say(pack!, 'fail', { problem: 'verification-failed', detail: 'x', retryable: false });
    await vi.waitFor(async () =>
      expect((await asEditor('POST', `/api/admin/jobs/${jobId}/retry`)).status).toBe(200),
    );
    await world.finish();
    expect((await world.job(jobId)).state).toBe('ready');
  });

  it('is refused for the last sound, for what is not there, twice, and before the asset is finished', async () => {
    const { assetId } = await published();
    expect(await code(await remove(assetId, 'a0-ja'))).toBe('conflict');
    expect(await code(await remove(assetId, 'v360'))).toBe('not-found');
    await begun(await remove(assetId, 's0-en'));
    expect(await code(await remove(assetId, 's0-en'))).toBe('conflict');
    const unfinished = await uploaded(world);
    expect(await code(await remove(unfinished.assetId, 's0-en'))).toBe('conflict');
    expect(await code(await remove('ast_nowhere', 's0-en'))).toBe('not-found');
  });

  it('counts sounds that are going already', async () => {
    const { episodeId, assetId } = await published();
    await uploadedTrack(world, episodeId, english);
    await world.finish();
    await begun(await remove(assetId, 'a0-ja'));
    expect(await code(await remove(assetId, 'r2-a0-en'))).toBe('conflict');
  });
});

describe('a dub in stereo and 5.1', () => {
  /** A published episode that has one besides its Japanese sound. */
  async function withSurround() {
    const upload = await published();
    const pack = (await packageAt(upload.assetId, 1))!;
    const dub = { ...pack.audio[0]!, id: 'a1-en', language: 'en', role: 'dub', name: 'English' } as const;
    const audio = [...pack.audio, dub, { ...dub, id: 'a1-en-51', channels: 6 }];
    await env.BUCKET.put(`packages/${upload.assetId}/1.json`, JSON.stringify({ ...pack, audio }));
    return upload;
  }
  const removed = async () => {
    const [message] = await world.take();
    const { spec } = message!;
    if (!('amend' in spec) || !spec.amend) throw new Error('not an amendment');
    return spec.amend.change.remove;
  };

  it('goes whole where another one takes its place: nobody hears the old one in 5.1', async () => {
    for (const replaces of ['a1-en', 'a1-en-51']) {
      const { episodeId } = await withSurround();
      await uploadedTrack(world, episodeId, { ...english, replaces });
      expect(await removed()).toEqual(['a1-en', 'a1-en-51']);
    }
  });

  it('does not stay in 5.1 alone, though it may stay in stereo alone', async () => {
    const one = await withSurround();
    await begun(await remove(one.assetId, 'a1-en'));
    expect(await removed()).toEqual(['a1-en', 'a1-en-51']);
    const other = await withSurround();
    await begun(await remove(other.assetId, 'a1-en-51'));
    expect(await removed()).toEqual(['a1-en-51']);
  });
});

describe('a second ladder', () => {
  it('is begun by itself where the settings ask for one, once', async () => {
    const upload = await uploaded(world, { settings: { av1: true } });
    await world.finish();
    const rows = await world.platform.db.select().from(jobs).where(eq(jobs.assetId, upload.assetId));
    expect(rows.map(({ state, change }) => [state, change?.add?.kind])).toEqual([
      ['ready', undefined],
      ['ready', 'av1'],
    ]);
    expect(await assetRow(upload.assetId)).toMatchObject({ revision: 2 });
    expect(await code(await asEditor('POST', `/api/admin/assets/${upload.assetId}/av1`))).toBe('conflict');
  });

  it('is not begun twice', async () => {
    const { assetId } = await published();
    const both = await Promise.all([1, 2].map(() => asEditor('POST', `/api/admin/assets/${assetId}/av1`)));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 409]);
  });
});

describe('a warning that blocks', () => {
  const glyphs = { code: 'glyphs-missing', detail: 'S0 has no 縁.', blocks: true, rendition: 'r2-s0-de' };
  const withWarning = (message: TaskMessage) => {
    const result = resultOf(message);
    if (result.kind !== 'package') throw new Error('not a package');
    return { ...result, certificate: { ...result.certificate, warnings: [glyphs] } };
  };
  const publish = (upload: { episodeId: string; assetId: string }, override?: object) =>
    asEditor('POST', `/api/admin/episodes/${upload.episodeId}/publish`, {
      assetId: upload.assetId,
      ...(override && { override }),
    });

  it('keeps a verified asset from being published, by anyone, unless they say why', async () => {
    const upload = await uploaded(world, { publishWhenReady: true });
    const [pack] = await upToPackages();
    await world.say(pack!, 'complete', withWarning(pack!));
    expect(await world.job(upload.jobId)).toMatchObject({ state: 'ready', published: false });
    expect(await (await publish(upload)).json()).toMatchObject({
      code: 'needs-override',
      detail: expect.stringContaining('glyphs-missing: S0 has no 縁.'),
    });
    expect(await code(await publish(upload, { reason: '' }))).toBe('invalid-request');
    expect((await publish(upload, { reason: 'nobody reads it' })).status).toBe(200);
    expect((await assetRow(upload.assetId)).override).toEqual({
      reason: 'nobody reads it',
      at: Date.now(),
      userId: expect.stringMatching(/./),
    });
    expect((await publish(upload)).status).toBe(200);
  });

  it('keeps an amendment from viewers, who have the episode as it was, until somebody says why', async () => {
    const upload = await published();
    const track = await uploadedTrack(world, upload.episodeId, german);
    const [pack] = await upToPackages();
    await world.say(pack!, 'complete', withWarning(pack!));
    expect(await world.job(track.jobId)).toMatchObject({ state: 'failed', problem: 'needs-override' });
    expect(await episodeRow(upload.episodeId)).toMatchObject({ assetRevision: 1, subtitles: ['en'] });
    await publish(upload, { reason: 'the translator is away' });
    expect((await asEditor('POST', `/api/admin/jobs/${track.jobId}/retry`)).status).toBe(200);
    const again = await world.take();
    expect(again.map(({ kind }) => kind)).toEqual(['package']); // nothing is encoded again
    await world.say(again[0]!, 'complete', withWarning(again[0]!));
    expect(await episodeRow(upload.episodeId)).toMatchObject({ assetRevision: 2, subtitles: ['en', 'de'] });
    expect((await assetRow(upload.assetId)).warnings).toEqual([glyphs]);
    await begun(await remove(upload.assetId, 'r2-s0-de'));
    await world.finish();
    expect((await assetRow(upload.assetId)).warnings).toEqual([]); // it went with its track
  });
});
