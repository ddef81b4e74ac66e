import type { JobView } from '../../../../schema/api/ingest.ts';
import type { AssetView } from '../../../../schema/api/media.ts';

/** One version with the job that made it; the job is null while it is on its way. */
export type Version = { asset: AssetView; job: JobView | null };
export type Rung = AssetView['video'][number] & { crf: number | null };
type Sound = AssetView['audio'][number];
type Text = AssetView['subtitles'][number];
/** What stands at the same place in both; null: not there. */
export type Both<T> = { left: T | null; right: T | null };

/**
 * Pairs what is alike in two lists: each once, in the order of the left one, then what only the right one has.
 * @param key names what is alike; where several are, the first goes with the first
 */
export function paired<T>(left: readonly T[], right: readonly T[], key: (one: T) => string): Both<T>[] {
  const free = [...right];
  const rows: Both<T>[] = left.map((one) => {
    const at = free.findIndex((other) => key(other) === key(one));
    return { left: one, right: at < 0 ? null : free.splice(at, 1)[0]! };
  });
  return [...rows, ...free.map((one) => ({ left: null, right: one }))];
}

const rungsOf = ({ asset, job }: Version): Rung[] =>
  asset.video
    .map((rung) => ({ ...rung, crf: job?.rungs.find(({ id }) => id === rung.id)?.crf ?? null }))
    .toSorted((a, b) => b.width * b.height - a.width * a.height || b.averageBandwidth - a.averageBandwidth);

/** Largest first; of one codec and height. */
export const rungs = (left: Version, right: Version): Both<Rung>[] =>
  paired(rungsOf(left), rungsOf(right), ({ codec, height }) => `${codec.slice(0, 4)} ${height}`);

const trackKey = ({ language, role, name }: Sound | Text) => `${language} ${role} ${name}`;
export const sounds = (left: Version, right: Version): Both<Sound>[] =>
  paired(left.asset.audio, right.asset.audio, (track) => `${trackKey(track)} ${track.channels}`);
export const texts = (left: Version, right: Version): Both<Text>[] =>
  paired(left.asset.subtitles, right.asset.subtitles, trackKey);

/** How much more the right one is than the left, as a share of the left: 0.1 is a tenth more. Null where it cannot be said. */
export const changeOf = (left: number | null | undefined, right: number | null | undefined): number | null =>
  typeof left === 'number' && typeof right === 'number' && left > 0 ? right / left - 1 : null;
