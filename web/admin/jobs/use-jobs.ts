import { useEffect, useRef, useState } from 'preact/hooks';
import type { JobCard } from '../../../schema/api/ingest.ts';
import { isOver } from '../../../schema/jobs/state.ts';
import { useDesk } from '../desk.ts';
import type { Failure } from '../fresh-hook.ts';
import { jobs as calls, type Asked } from './calls.ts';
import { changed } from './live-list.ts';

/** News are gathered for so long while an answer was just shown, ms: many transcoders report at once. */
const GATHER_MS = 100;
/** How many jobs are asked for at once (`JobQuery.ids`). */
const AT_ONCE = 50;
/** While the line is down, ms. */
const EVERY_MS = 3_000;

type Shown = { items: JobCard[]; next: string | null };

/**
 * A list of jobs that keeps itself: of a job that the feed names, only that job is asked for; all of it only at first, and when the
 * line was down.
 */
export function useJobs(asked: Asked) {
  const { news } = useDesk();
  const [shown, setShown] = useState<Shown | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const latest = useRef<Shown | null>(null);
  const reload = useRef<() => Promise<void>>(async () => {});
  const put = (next: Shown) => {
    latest.current = next;
    setShown(next);
  };
  useEffect(() => {
    let left = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asking = false;
    let all = true;
    const named = new Set<string>();
    const later = (ms: number) => {
      clearTimeout(timer);
      if (!left) timer = setTimeout(() => void flush(), ms);
    };
    async function flush(): Promise<void> {
      if (asking || left || document.hidden) return;
      asking = true;
      const ids = [...named].slice(0, AT_ONCE);
      const whole = all;
      all = false;
      if (whole) named.clear();
      else for (const id of ids) named.delete(id);
      const answer = whole ? await calls.list(asked) : await calls.some(ids);
      asking = false;
      if (left) return;
      if (!answer.ok) {
        all = true; // whatever was missed is in it
        setFailure(answer);
        return later(EVERY_MS);
      }
      setFailure(null);
      const before = latest.current;
      if (whole || !before) put(answer.value);
      else put({ ...before, items: changed(before.items, answer.value.items, asked, before.next === null) });
      if (named.size > 0) later(GATHER_MS);
      else if (!news.connected() && latest.current?.items.some(({ state }) => !isOver(state))) {
        all = true;
        later(EVERY_MS);
      }
    }
    reload.current = () => {
      all = true;
      return flush();
    };
    const hear = (jobId: string | null) => {
      if (jobId === null) all = true;
      else named.add(jobId);
      if (!asking) later(0);
    };
    const seen = () => {
      if (!document.hidden && (all || named.size > 0)) void flush();
    };
    const unsubscribe = news.subscribe(hear);
    const offLine = news.line((connected) => connected || hear(null));
    document.addEventListener('visibilitychange', seen);
    latest.current = null;
    setShown(null);
    void flush();
    return () => {
      left = true;
      clearTimeout(timer);
      unsubscribe();
      offLine();
      document.removeEventListener('visibilitychange', seen);
    };
  }, [asked.tab, asked.q]);

  const more = async () => {
    const before = latest.current;
    if (!before?.next || busy) return;
    setBusy(true);
    const answer = await calls.list(asked, before.next);
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    const now = latest.current;
    if (!answer.ok || !now || now.next !== before.next) return;
    const known = new Set(now.items.map(({ id }) => id));
    put({
      items: [...now.items, ...answer.value.items.filter(({ id }) => !known.has(id))],
      next: answer.value.next,
    });
  };
  return { shown, failure, busy, more, reload: () => reload.current() };
}
