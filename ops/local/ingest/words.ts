import type { JobView, TaskView } from '../../../schema/api/ingest.ts';

const BAR = 24;
/** `████████░░░░` for 0 to 1. */
export const bar = (part: number, width = BAR): string => {
  const full = Math.round(Math.min(1, Math.max(0, part)) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
};
const percent = (part: number) => `${Math.floor(Math.min(1, part) * 100)} %`.padStart(5);

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** `upload  ████░░  42 %  12.3 of 29.0 MB  4.1 MB/s`; `rate` in bytes a second, 0 while it can't be told. */
export const uploadLine = (sent: number, bytes: number, rate: number): string =>
  `  ${'upload'.padEnd(NAME)} ${bar(sent / bytes)} ${percent(sent / bytes)}  ${megabytes(sent)} of ${megabytes(bytes)}${rate > 0 ? `  ${megabytes(rate)}/s` : ''}`;

const NAME = 18;
export const taskName = ({ kind, part }: Pick<TaskView, 'kind' | 'part'>): string =>
  ({
    probe: 'probe',
    'video-chunk': `video chunk ${part}`,
    audio: `audio ${part}`,
    subtitles: `subtitles ${part}`,
    survey: 'survey',
    pictures: 'pictures',
    markers: 'skip markers',
    package: 'package, verify',
  })[kind];

const words: Record<TaskView['state'], string> = {
  waiting: 'waits',
  queued: 'waits',
  leased: '',
  done: 'done',
  failed: 'failed',
};
/** One line per task, in the order of the work. */
export const taskLines = ({ tasks }: Pick<JobView, 'tasks'>): string[] =>
  tasks.map((task) => {
    const part = task.state === 'done' ? 1 : task.progress;
    const again = task.attempt > 1 ? ` (attempt ${task.attempt})` : '';
    const note =
      task.state === 'leased'
        ? (task.note ?? '')
        : `${words[task.state]}${task.detail ? `: ${task.detail}` : ''}`;
    return `  ${taskName(task).padEnd(NAME)} ${bar(part)} ${percent(part)}  ${note}${again}`.trimEnd();
  });
