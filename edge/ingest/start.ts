import type { Id } from '../../schema/ids.ts';
import { defaultSettings, type EncodeSettings } from '../../schema/jobs/settings.ts';
import { currentKeyId, type MasterKeys } from '../platform/content-keys.ts';
import type { Platform } from '../platform/platform.ts';
import { sendTasks } from './send.ts';

/** The content master key that a new asset derives its keys from; null: its settings ask for none. */
export const keyFor = (settings: EncodeSettings | null, keys: MasterKeys): string | null =>
  (settings ?? defaultSettings).encryption === 'none' ? null : currentKeyId(keys);

/** A job stands in D1: its first task is sent, and whoever watches jobs is told. */
export async function started(platform: Platform, jobId: Id<'job'>, taskId: Id<'task'>): Promise<void> {
  await Promise.all([sendTasks(platform, [taskId]), platform.feed.tell(jobId)]);
}
