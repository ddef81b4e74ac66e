import { useEffect, useRef, useState } from 'preact/hooks';
import type { AuditItem, AuditPage } from '../../../schema/api/audit.ts';
import type { Answer } from '../../api.ts';
import type { Failure } from '../fresh-hook.ts';

type Read = (cursor?: string) => Promise<Answer<AuditPage>>;
type Shown = { key: string; items: AuditItem[]; names: Record<string, string>; next: string | null };

/** Entries page by page. @param key names the question: another one starts anew */
export function useLog(key: string, read: Read) {
  const [shown, setShown] = useState<Shown | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const asked = useRef(0);
  const load = async (before: Shown | null) => {
    const mine = ++asked.current;
    setBusy(true);
    const answer = await read(before?.next ?? undefined);
    if (mine !== asked.current) return; // another question by now
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) return;
    const { items, names, next } = answer.value;
    setShown({
      key,
      items: [...(before?.items ?? []), ...items],
      names: { ...before?.names, ...names },
      next,
    });
  };
  useEffect(() => {
    void load(null);
  }, [key]);
  const current = shown?.key === key ? shown : null;
  return {
    shown: current,
    failure,
    busy,
    more: () => load(current),
    reload: () => load(null),
  };
}
