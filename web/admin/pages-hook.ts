import { useMemo, useState } from 'preact/hooks';
import type { Page } from '../../schema/api/page.ts';
import type { Answer } from '../api.ts';
import type { Failure } from './fresh-hook.ts';

/**
 * A list page by page: the first, which its owner keeps fresh, and those after it, as they were read.
 * @param key names the question: another one starts anew
 */
export function usePages<T extends { id: string }>(
  key: string,
  first: Page<T> | null,
  read: (cursor: string) => Promise<Answer<Page<T>>>,
) {
  type Kept = { key: string; items: T[]; next: string | null };
  const [kept, setKept] = useState<Kept | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const older = kept?.key === key ? kept : null;
  const next = older ? older.next : (first?.next ?? null);
  // What is new at the top pushes others down; what was seen stays, each once, as it is now.
  const items = useMemo(() => {
    const top = first?.items ?? [];
    const seen = new Set(top.map(({ id }) => id));
    return [...top, ...(older?.items.filter(({ id }) => !seen.has(id)) ?? [])];
  }, [first?.items, older?.items]);
  const more = async () => {
    if (!next || busy) return;
    setBusy(true);
    const answer = await read(next);
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    if (answer.ok) setKept({ key, items: [...items, ...answer.value.items], next: answer.value.next });
  };
  return { items, next, busy, failure, more };
}
