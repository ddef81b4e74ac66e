import type { TaskRun } from './task.ts';

/** A presigned address of the source that outlives the longest FFmpeg run. */
export const sourceAddress = ({
  store,
  message,
  settings,
}: Pick<TaskRun, 'store' | 'message' | 'settings'>): Promise<string> =>
  store.address(message.source.key, Math.min(settings.ffmpeg.wallSeconds + 3600, 7 * 86_400)); // SigV4 allows 7 days
