import { useEffect, useRef, useState } from 'preact/hooks';
import { readFileName } from '../../../../schema/file-name/read.ts';
import type { Id } from '../../../../schema/ids.ts';
import { useDesk } from '../../desk.ts';
import type { Failure } from '../../fresh-hook.ts';
import type { Dropped } from './dropped.ts';
import { chosenTitle, findTitle, searchTitles, withOpen, type Found } from './find.ts';
import { grouped, linesOf, type Group, type Line, type Row, type Said } from './rows.ts';
import { sendGroup } from './send.ts';
import { folded } from './titles.ts';

/** A group as it stands: `finding` while its title is looked for. */
export type Planned = Group & Omit<Found, 'title' | 'sure'> & { finding: boolean; lines: readonly Line[] };

/** Episode 2 stands before episode 10. */
const inOrder = new Intl.Collator('en', { numeric: true });
const NOWHERE: Found = { title: null, sure: false, candidates: [], failure: null };
const rowOf = ({ file, path }: Dropped): Row => ({
  file,
  path,
  key: JSON.stringify([path, file.size, file.lastModified]),
  read: readFileName(path),
  said: {},
  open: null,
});

/** What was dropped, on its way to being uploaded: read, matched, corrected, sent. */
export function usePlan() {
  const { t, uploads } = useDesk();
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [found, setFound] = useState<ReadonlyMap<string, Found>>(new Map());
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const asked = useRef(new Set<string>());
  const put = (name: string, value: Found) => setFound((before) => new Map(before).set(folded(name), value));
  const rest = grouped(rows, folded);

  useEffect(() => {
    for (const { name } of rest) {
      if (asked.current.has(folded(name))) continue;
      asked.current.add(folded(name));
      if (name) void findTitle(name).then((value) => put(name, value));
      else put(name, NOWHERE);
    }
  }, [rows]);

  const groups: Planned[] = rest.map(({ name, rows: mine }) => {
    const facts = found.get(folded(name));
    const group = { name, rows: mine, ...(facts ?? NOWHERE), finding: !facts };
    return { ...group, lines: linesOf(group) };
  });
  const goes = ({ use }: Line) => use !== 'skip';
  const going = groups.flatMap(({ lines }) => lines.filter(goes));
  // Of a group whose title is being looked for, nothing can be said yet.
  const unclear = groups
    .filter(({ finding }) => !finding)
    .flatMap(({ lines }) => lines.filter((line) => goes(line) && line.troubles.length > 0));

  return {
    groups,
    busy: busy || groups.some(({ finding }) => finding),
    failure,
    going: going.length,
    /** Files that somebody has to say something about first. */
    unclear: unclear.length,
    add: async (dropped: readonly Dropped[]) => {
      setBusy(true);
      const sorted = dropped.toSorted((a, b) => inOrder.compare(a.path, b.path));
      const fresh = await withOpen(sorted.map(rowOf), uploads.fingerprint);
      setRows((before) => {
        const known = new Set(before.map(({ key }) => key));
        return [...before, ...fresh.filter(({ key }) => !known.has(key))];
      });
      setBusy(false);
    },
    say: (key: string, said: Said) =>
      setRows((before) =>
        before.map((row) => (row.key === key ? { ...row, said: { ...row.said, ...said } } : row)),
      ),
    leaveOut: () => {
      const keys = new Set(unclear.map(({ row }) => row.key));
      setRows((before) =>
        before.map((row) => (keys.has(row.key) ? { ...row, said: { ...row.said, use: 'skip' } } : row)),
      );
    },
    clear: () => setRows([]),
    find: async (name: string, q: string) => {
      const before = found.get(folded(name)) ?? NOWHERE;
      const answer = await searchTitles(q);
      put(
        name,
        answer.ok ? { ...before, candidates: answer.value, failure: null } : { ...before, failure: answer },
      );
    },
    choose: async (name: string, id: Id<'title'>) => {
      const { candidates } = found.get(folded(name)) ?? NOWHERE;
      put(name, await chosenTitle(id, candidates, true));
    },
    send: async (publish: boolean) => {
      setBusy(true);
      setFailure(null);
      for (const group of groups) {
        const label = (place: { title: string; season: number; episode: number }) => t('job.heading', place);
        const sent = await sendGroup(group, group.lines, { uploads, label, publish });
        setRows((before) => before.filter(({ key }) => !sent.gone.includes(key)));
        if (sent.failure) {
          setFailure(sent.failure);
          setBusy(false);
          return;
        }
      }
      setRows([]); // what is left was left out
      asked.current.clear();
      setFound(new Map());
      setBusy(false);
    },
  };
}
export type Plan = ReturnType<typeof usePlan>;
