import type { Plan } from '../../schema/jobs/plan.ts';
import type { EncodeResult, PackageResult, WrittenObject } from '../../schema/jobs/task.ts';
import type { Part } from './next-tasks.ts';

/*
 * A result is believed only where it agrees with what was asked: the edge counts the barrier and opens the publish gate on it.
 * Each function gives the fault in words, or null.
 */

/** Chunks are runs of whole segments, in order, without a gap, each within one key period. */
export function planFault(plan: Plan): string | null {
  let next = 0;
  for (const [i, chunk] of plan.chunks.entries()) {
    if (chunk.index !== i) return `chunk ${i} is numbered ${chunk.index}`;
    if (chunk.firstSegment !== next) return `chunk ${i} starts at segment ${chunk.firstSegment}, not ${next}`;
    next += chunk.segments;
    const run = plan.grid.slice(chunk.firstSegment, next);
    if (run.some(({ period }) => period !== chunk.period)) return `chunk ${i} spans key periods`;
  }
  if (next !== plan.grid.length) return `the chunks hold ${next} of ${plan.grid.length} segments`;
  if (plan.grid.some(({ period }) => period >= plan.periods)) return 'a segment is outside the key periods';
  const frames = plan.grid.reduce((sum, segment) => sum + segment.frames, 0);
  if (frames !== plan.frames) return `the grid holds ${frames} of ${plan.frames} frames`;
  const ids = [...plan.rungs, ...plan.audio, ...plan.subtitles].map(({ id }) => id);
  if (new Set(ids).size !== ids.length) return 'two renditions share an id';
  return null;
}

/** A key stays under the task's output: plain names and slashes only. */
const outside = ({ key }: WrittenObject) =>
  !/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/.test(key) || key.split('/').some((name) => /^\.+$/.test(name));

/** The renditions a task makes, and the key period of each segment by its index. */
type Asked = { renditions: string[]; periods: Map<number, number> };
function asked({ kind, part }: Part, plan: Plan): Asked {
  const grid = plan.grid.map(({ period }, index) => [index, period] as const);
  if (kind === 'audio') return { renditions: [part], periods: new Map(grid) };
  if (kind === 'subtitles') {
    // Text is small: one segment a key period.
    const each = Array.from({ length: plan.periods }, (_, period) => [period, period] as const);
    return { renditions: [part], periods: new Map(each) };
  }
  const chunk = plan.chunks.find(({ index }) => kind === 'video-chunk' && String(index) === part);
  if (!chunk) return { renditions: [], periods: new Map() }; // pictures: no segments
  const { firstSegment, segments } = chunk;
  return {
    renditions: plan.rungs.map(({ id }) => id),
    periods: new Map(grid.slice(firstSegment, firstSegment + segments)),
  };
}

/** Every segment that was asked for, once, in its key period, and nothing else. */
export function encodeFault(task: Part, plan: Plan, result: EncodeResult): string | null {
  if (result.kind !== task.kind) return `a ${task.kind} task cannot report ${result.kind}`;
  const stray = result.objects.find(outside);
  if (stray) return `${JSON.stringify(stray.key)} is not under the task's output`;
  const { renditions, periods } = asked(task, plan);
  const seen = new Set<string>();
  for (const { segment, init } of result.objects) {
    const rendition = segment?.rendition ?? init?.rendition;
    if (rendition !== undefined && !renditions.includes(rendition))
      return `rendition ${rendition} was not asked for`;
    if (!segment) continue;
    const name = `segment ${segment.index} of ${segment.rendition}`;
    const period = periods.get(segment.index);
    if (period === undefined) return `${name} was not asked for`;
    if (segment.period !== period) return `${name} is under key period ${segment.period}, not ${period}`;
    if (seen.has(name)) return `${name} is reported twice`;
    seen.add(name);
  }
  const expected = renditions.length * periods.size;
  return seen.size === expected ? null : `${seen.size} of ${expected} segments are reported`;
}

/** The package is of this asset, in its place, under its key. Whether it is *good* is the certificate's business. */
export function packageFault(
  asset: { id: string; prefix: string; keyId: string | null },
  plan: Plan,
  { package: pack, certificate }: PackageResult,
): string | null {
  if (pack.assetId !== asset.id || certificate.assetId !== asset.id) return 'it is of another asset';
  if (pack.prefix !== asset.prefix) return `its prefix is ${pack.prefix}, not ${asset.prefix}`;
  if (pack.keyId !== asset.keyId) return `its key is ${pack.keyId}, not ${asset.keyId}`;
  if (pack.periods !== plan.periods) return `it has ${pack.periods} key periods, not ${plan.periods}`;
  return null;
}

/** What keeps a certificate from holding; null when every check of it holds, and there are some. */
export function certificateFault({ holds, checks }: PackageResult['certificate']): string | null {
  const broken = checks.filter((check) => !check.holds);
  if (broken.length > 0) return broken.map(({ name, detail }) => `${name}: ${detail}`).join('; ');
  if (checks.length === 0) return 'the certificate has no checks';
  return holds ? null : 'the certificate does not hold';
}
