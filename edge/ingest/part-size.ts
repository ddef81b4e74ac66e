import { MAX_PARTS, MIN_PART_BYTES } from '../../schema/api/ingest.ts';

const MIB = 1024 * 1024;
/** Small enough to be sent again without regret, large enough that an episode takes a few hundred requests. */
const USUAL_PART_BYTES = Math.max(8 * MIB, MIN_PART_BYTES);

/** Size of every part but the last: whole MiB, at least 8 of them, so that no file needs more than `MAX_PARTS`. */
export const partSize = (bytes: number): number =>
  Math.max(USUAL_PART_BYTES, Math.ceil(bytes / MAX_PARTS / MIB) * MIB);

export const partCount = (bytes: number, partBytes: number): number => Math.ceil(bytes / partBytes);

/** Part numbers, from 1, that are not in the ledger. */
export function missingParts(count: number, received: readonly number[]): number[] {
  const there = new Set(received);
  return Array.from({ length: count }, (_, i) => i + 1).filter((number) => !there.has(number));
}
