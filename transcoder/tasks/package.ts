import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackageResult, WrittenObject } from '../../schema/jobs/task.ts';
import { countFrames } from '../ffmpeg/probe.ts';
import { buildPackage, staticPlaylists } from '../plan/build-package.ts';
import { readInit, type InitFacts } from '../plan/codec.ts';
import { decryptSegment, keyOf } from '../plan/encryption.ts';
import { concat, Mp4Error, readSegment } from '../plan/mp4.ts';
import { verify, type DecodedSegment, type MeasuredSegment } from '../plan/verify.ts';
import { ObjectMissing } from '../storage/store.ts';
import { TaskProblem, type TaskRun } from './task.ts';
import { inParallel, PLAYLIST, sha256, writeObjects, type Draft } from './write.ts';

type StoredInit = InitFacts & { uri: string; bytes: number; content: Uint8Array };
type StoredSegment = MeasuredSegment & { uri: string };

/** Reads every object back, measures it, writes package, playlists and certificate; fails where the certificate does not hold. */
export async function packageTask(run: TaskRun<'package'>): Promise<PackageResult> {
  const { message, spec } = run;
  const { plan } = spec;
  const { wanted, faults } = distinct(spec.objects);
  const { inits, segments } = await readBack(run, wanted, faults);
  const pack = buildPackage(
    plan,
    { assetId: message.assetId, prefix: message.output, keyId: spec.keyId },
    { inits, segments },
  );
  const playlists = staticPlaylists(pack);
  const master = playlists.find(({ key }) => key === 'master.m3u8')?.text ?? '';
  const decoded = await decodeEnds(run, inits, segments, faults);
  const checks = verify(plan, pack, { faults, objects: wanted.length, inits, segments, decoded, master });
  const certificate = {
    v: 1 as const,
    assetId: message.assetId,
    holds: checks.every(({ holds }) => holds),
    checks,
    warnings: [],
  } satisfies PackageResult['certificate'];
  if (!certificate.holds) {
    const broken = checks.filter(({ holds }) => !holds).map(({ name, detail }) => `${name}: ${detail}`);
    throw new TaskProblem('verification-failed', broken.join('. ').slice(0, 2000), {
      retryable: false,
      log: JSON.stringify(certificate, null, 1),
    });
  }
  run.report(0.97, 'writing playlists');
  const objects = await writeObjects(run, [
    ...playlists.map(({ key, text }) => draft(key, text, 'application/vnd.apple.mpegurl')),
    draft('package.json', JSON.stringify(pack), 'application/json'),
    draft('certificate.json', JSON.stringify(certificate), 'application/json'),
  ]);
  return { kind: 'package', package: pack, certificate, objects };
}

const draft = (key: string, text: string, type: string): Draft => ({
  key,
  content: Buffer.from(text),
  type,
  cache: PLAYLIST,
});

/** Every chunk reports its rung's init segment: one object, if they agree. */
function distinct(objects: readonly WrittenObject[]): { wanted: WrittenObject[]; faults: string[] } {
  const byKey = new Map<string, WrittenObject>();
  const faults: string[] = [];
  for (const object of objects) {
    const same = byKey.get(object.key);
    if (same && same.sha256 !== object.sha256)
      faults.push(`${object.key} was written with different contents`);
    byKey.set(object.key, same ?? object);
  }
  return { wanted: [...byKey.values()], faults };
}

async function readBack(
  run: TaskRun<'package'>,
  wanted: readonly WrittenObject[],
  faults: string[],
): Promise<{ inits: Map<string, StoredInit>; segments: Map<string, StoredSegment[]> }> {
  const inits = new Map<string, StoredInit>();
  const segments = new Map<string, StoredSegment[]>();
  const texts = new Set(run.spec.plan.subtitles.map(({ id }) => id));
  let done = 0;
  await inParallel(wanted, 6, async (object) => {
    const { key, init, segment } = object;
    const stored = await storedBytes(run, object, faults);
    run.report((0.85 * ++done) / wanted.length, `checking object ${done} of ${wanted.length}`);
    if (!stored) return;
    try {
      if (init)
        inits.set(init.rendition, { ...readInit(stored), uri: key, bytes: stored.length, content: stored });
      if (!segment) return;
      const { index, period, rendition } = segment;
      const clear = decryptSegment(stored, keyOf(run.spec.keys, period), index);
      const measured = texts.has(rendition) ? readText(clear) : readSegment(clear);
      const list = segments.get(rendition) ?? [];
      list.push({ ...measured, index, period, bytes: stored.length, uri: key });
      segments.set(rendition, list);
    } catch (error) {
      faults.push(`${key} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  for (const list of segments.values()) list.sort((a, b) => a.index - b.index);
  return { inits, segments };
}

/** The object's bytes, if they are the ones that were reported. */
async function storedBytes(
  { store, message, signal }: TaskRun<'package'>,
  { key, bytes, sha256: reported }: WrittenObject,
  faults: string[],
): Promise<Uint8Array | null> {
  try {
    const stored = await store.get(message.output + key, { signal });
    if (stored.length === bytes && sha256(stored) === reported) return stored;
    faults.push(`${key} has ${stored.length} bytes with another hash than was reported (${bytes} bytes)`);
  } catch (error) {
    if (!(error instanceof ObjectMissing)) throw error;
    faults.push(`${key} is not in the store`);
  }
  return null;
}

function readText(clear: Uint8Array): Omit<MeasuredSegment, 'index' | 'period' | 'bytes'> {
  if (!Buffer.from(clear).toString('utf8').startsWith('WEBVTT\nX-TIMESTAMP-MAP='))
    throw new Mp4Error('it is not a WebVTT segment');
  return { decodeTime: 0, composition: 0, duration: 0, samples: 0 };
}

/** First and last segment of each rendition with pictures or sound: fetched again, decrypted, decoded. */
async function decodeEnds(
  run: TaskRun<'package'>,
  inits: ReadonlyMap<string, StoredInit>,
  segments: ReadonlyMap<string, readonly StoredSegment[]>,
  faults: string[],
): Promise<DecodedSegment[]> {
  const decoded: DecodedSegment[] = [];
  for (const [rendition, init] of inits) {
    const list = segments.get(rendition) ?? [];
    for (const segment of new Set([list[0], list.at(-1)])) {
      if (!segment) continue;
      run.report(0.9, `decoding ${segment.uri}`);
      try {
        const stored = await run.store.get(run.message.output + segment.uri, { signal: run.signal });
        const clear = decryptSegment(stored, keyOf(run.spec.keys, segment.period), segment.index);
        const file = join(run.scratch, 'segment.mp4');
        await writeFile(file, concat([init.content, clear]));
        const start = segment.decodeTime + segment.composition;
        decoded.push({
          name: segment.uri,
          expected: { frames: segment.samples, start },
          found: await countFrames(file, run),
        });
      } catch (error) {
        if (!(error instanceof ObjectMissing)) throw error;
        faults.push(`${segment.uri} is not in the store any more`);
      }
    }
  }
  return decoded;
}
