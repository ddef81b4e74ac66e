import { useEffect, useState } from 'preact/hooks';
import type { TaskView } from '../../../schema/api/ingest.ts';

/** How many reports are kept while they are watched. */
const MOST = 10_000;

/** What a task reported since it is looked at, a line each: when, how far, and what it was doing. */
export function useReports(
  { attempt, note, progress, state }: TaskView,
  time: (at: number) => string,
): string {
  const [lines, setLines] = useState<readonly string[]>([]);
  useEffect(() => {
    if (state !== 'leased') return;
    const line = `${time(Date.now())}  #${attempt}  ${String(Math.floor(progress * 100)).padStart(3)} %  ${note ?? ''}`;
    setLines((before) => [...before, line.trimEnd()].slice(-MOST));
  }, [attempt, note, progress, state]);
  return lines.join('\n');
}
