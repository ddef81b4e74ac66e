import type { Plan } from '../../schema/jobs/plan.ts';
import { isTrickId } from '../../schema/ladder.ts';
import type { Change, EncodeResult, PackageResult, WrittenObject } from '../../schema/jobs/task.ts';
import { HEAD, type Part } from './next-tasks.ts';

/*
 * A result is believed only where it agrees with what was asked: the edge counts the barrier and opens the publish gate on it.
 * Each function gives the fault in words, or null.
 */

/** A key stays under the task's output: plain names and slashes only. */
const outside = ({ key }: WrittenObject) =>
  !/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/.test(key) || key.split('/').some((name) => /^\.+$/.test(name));

/**
 * The renditions a task makes, and the key period of each segment by its index. `spare`: a head may come in rungs that the survey
 * then dropped.
 */
type Asked = { renditions: string[]; spare?: string[]; periods: Map<number, number> };
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
    ...(part === HEAD.part && { spare: plan.dropped }),
    periods: new Map(grid.slice(firstSegment, firstSegment + segments)),
  };
}

/** Every segment that was asked for, once, in its key period, and nothing else. Key frames for seeking come as they fall. */
export function encodeFault(task: Part, plan: Plan, result: EncodeResult): string | null {
  if (result.kind !== task.kind) return `a ${task.kind} task cannot report ${result.kind}`;
  const stray = result.objects.find(outside);
  if (stray) return `${JSON.stringify(stray.key)} is not under the task's output`;
  const { renditions, spare = [], periods } = asked(task, plan);
  const trick = (id: string) => isTrickId(id) && (task.kind === 'video-chunk' || task.kind === 'pictures');
  const seen = new Set<string>();
  const counted = new Set<string>();
  for (const { segment, init } of result.objects) {
    const rendition = segment?.rendition ?? init?.rendition;
    if (rendition === undefined) continue;
    if (![...renditions, ...spare].includes(rendition) && !trick(rendition))
      return `rendition ${rendition} was not asked for`;
    if (!segment) continue;
    const name = `segment ${segment.index} of ${segment.rendition}`;
    if (seen.has(name)) return `${name} is reported twice`;
    seen.add(name);
    if (trick(rendition)) continue;
    const period = periods.get(segment.index);
    if (period === undefined) return `${name} was not asked for`;
    if (segment.period !== period) return `${name} is under key period ${segment.period}, not ${period}`;
    if (renditions.includes(rendition)) counted.add(name);
  }
  const expected = renditions.length * periods.size;
  return counted.size === expected ? null : `${counted.size} of ${expected} segments are reported`;
}

/** The package is of this asset, in its place, under its key. Whether it is *good* is the certificate's business. */
export function packageFault(
  asset: { id: string; prefix: string; keyId: string | null; revision: number },
  plan: Plan,
  change: Change | null,
  { package: pack, certificate }: PackageResult,
): string | null {
  if (pack.assetId !== asset.id || certificate.assetId !== asset.id) return 'it is of another asset';
  if (pack.prefix !== asset.prefix) return `its prefix is ${pack.prefix}, not ${asset.prefix}`;
  if (pack.keyId !== asset.keyId) return `its key is ${pack.keyId}, not ${asset.keyId}`;
  if (pack.periods !== plan.periods) return `it has ${pack.periods} key periods, not ${plan.periods}`;
  const last = change === null ? 1 : asset.revision + 1; // earlier: another amendment came first
  if (pack.revision > last) return `it is revision ${pack.revision}, and the next one is ${last}`;
  return null;
}

/** What keeps a certificate from holding; null when every check of it holds, and there are some. */
export function certificateFault({ holds, checks }: PackageResult['certificate']): string | null {
  const broken = checks.filter((check) => !check.holds);
  if (broken.length > 0) return broken.map(({ name, detail }) => `${name}: ${detail}`).join('; ');
  if (checks.length === 0) return 'the certificate has no checks';
  return holds ? null : 'the certificate does not hold';
}
