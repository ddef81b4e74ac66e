import type { PackageResult, WrittenObject } from '../../schema/jobs/task.ts';
import type { Plan } from '../../schema/jobs/plan.ts';
import { amendedPackage } from '../plan/package/amend-package.ts';
import { buildPackage, staticPlaylists } from '../plan/package/build.ts';
import { findings } from '../plan/package/reports.ts';
import { verify } from '../plan/package/verify.ts';
import { decodeEnds } from './decode-ends.ts';
import { prune } from './prune.ts';
import { readBack } from './read-back.ts';
import { TaskProblem, type TaskRun } from './task.ts';
import { PLAYLIST, writeObjects, type Draft } from './write.ts';

/**
 * Reads every object of the job back, measures it, writes playlists, package and certificate, and removes what nobody named; fails
 * where the certificate does not hold, before anything is written. An amendment's objects join those of the package it changes,
 * which are carried over unread.
 */
export async function packageTask(run: TaskRun<'package'>): Promise<PackageResult> {
  const { message, spec } = run;
  const { plan, amend, keyId } = spec;
  const found = findings(plan, spec.reports);
  const { wanted, faults } = distinct(spec.objects, plan);
  const back = await readBack(run, wanted, found.pictures?.storyboard?.uri ?? null);
  const own = buildPackage(plan, { assetId: message.assetId, prefix: message.output, keyId }, back, found);
  const pack = amend ? amendedPackage(amend.base, own, amend.change) : own;
  const playlists = staticPlaylists(pack);
  const checks = verify(plan, pack, {
    ...back,
    faults: [...faults, ...back.faults],
    objects: wanted.length,
    decoded: await decodeEnds(run, back),
    playlists: new Map(playlists.map(({ key, text }) => [key, text])),
    base: amend?.base ?? null,
  });
  const certificate = {
    v: 1 as const,
    assetId: message.assetId,
    holds: checks.every(({ holds }) => holds),
    checks,
    warnings: found.warnings,
  } satisfies PackageResult['certificate'];
  if (!certificate.holds) {
    const broken = checks.filter(({ holds }) => !holds).map(({ name, detail }) => `${name}: ${detail}`);
    throw new TaskProblem('verification-failed', broken.join('. ').slice(0, 2000), {
      retryable: false,
      log: JSON.stringify(certificate, null, 1),
    });
  }
  run.report(0.97, 'writing playlists');
  // What names the others comes last: whoever reads it finds them.
  const objects = [
    ...(await writeObjects(
      run,
      playlists.map(({ key, text }) => draft(key, text, 'application/vnd.apple.mpegurl')),
    )),
    ...(await writeObjects(run, [draft('package.json', JSON.stringify(pack), 'application/json')])),
    ...(await writeObjects(run, [
      draft('certificate.json', JSON.stringify(certificate), 'application/json'),
    ])),
  ];
  await prune(run, new Set([...wanted, ...objects].map(({ key }) => key)));
  return { kind: 'package', package: pack, certificate, objects };
}

const draft = (key: string, text: string, type: string): Draft => ({
  key,
  content: Buffer.from(text),
  type,
  cache: PLAYLIST,
});

/** Every chunk reports its rung's init segment: one object, if they agree. The head may have rungs that the survey dropped. */
function distinct(
  objects: readonly WrittenObject[],
  { dropped }: Pick<Plan, 'dropped'>,
): { wanted: WrittenObject[]; faults: string[] } {
  const byKey = new Map<string, WrittenObject>();
  const faults: string[] = [];
  for (const object of objects) {
    if (dropped.includes(object.init?.rendition ?? object.segment?.rendition ?? '')) continue;
    const same = byKey.get(object.key);
    if (same && same.sha256 !== object.sha256)
      faults.push(`${object.key} was written with different contents`);
    byKey.set(object.key, same ?? object);
  }
  return { wanted: [...byKey.values()], faults };
}
