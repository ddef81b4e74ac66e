import type { Platform } from '../../platform/platform.ts';
import { removeOldInvites } from './staff-queries.ts';

/** An address of somebody who never came is kept for no longer than its invitation is good. */
export function sweepInvites({ db, now }: Platform): Promise<void> {
  return removeOldInvites(db, now());
}
