import { createContext, type ComponentChildren } from 'preact';
import { useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api, type Answer } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { useDesk } from './desk.ts';
import { Heard } from './parts.tsx';

/** What a message offers to do, by one button. */
export type ToastAction = { label: string; run: () => void | Promise<void> };
export type Toast = { text: string; tone?: 'plain' | 'good' | 'danger'; action?: ToastAction };
export type Toasts = {
  /** Says that something was done. The newest stands lowest; three at most. */
  say: (toast: string | Toast) => void;
  /**
   * Says that a change was made, with a button that undoes it: `POST /api/admin/changes/:request/undo`.
   * @param answer what the change was answered: its request is what is undone. Not for what the API cannot undo: ask first (`useConfirm`)
   * @param undone shows what is there again, usually the page's `refresh`
   */
  undoable: (text: string, answer: Answer<unknown>, undone?: () => void | Promise<void>) => void;
};

const Context = createContext<Toasts | null>(null);
/** Messages that come after something was done, at the foot of the window, whatever page is shown by then. */
export function useToasts(): Toasts {
  const toasts = useContext(Context);
  if (!toasts) throw new Error('useToasts() needs <Toasted> around it');
  return toasts;
}

/** How long a message stays, ms: time to read it aloud; with a button, time to think and get there. */
const STAYS_MS = 8_000;
const WITH_ACTION_MS = 30_000;
const MOST = 3;
/** Leads to the newest message and back: far from what screen readers and browsers use. */
const KEY = 'F8';

type Shown = Toast & { id: number };

/**
 * Around everything that may say something. No clock runs while somebody is at a message, or is not at the tab (WCAG 2.2.1); what a
 * button offers can also be had from the list of changes, without any hurry.
 */
export function Toasted({ children }: { children: ComponentChildren }) {
  const { t } = useDesk();
  const [shown, setShown] = useState<Shown[]>([]);
  const [heard, setHeard] = useState('');
  const count = useRef(0);
  const toasts = useMemo<Toasts>(() => {
    const say = (given: string | Toast) => {
      const toast = typeof given === 'string' ? { text: given } : given;
      const id = ++count.current;
      setShown((before) => [...before, { ...toast, id }].slice(-MOST));
      const { text, action } = toast;
      // The same words once more are news, too: a space that is not seen makes them another text.
      const words = action ? t('toast.heard', { text, action: action.label }) : text;
      setHeard(id % 2 ? words : `${words}\u00A0`);
    };
    const undo = async (request: string, undone?: () => void | Promise<void>) => {
      const answer = await api.post(`/api/admin/changes/${encodeURIComponent(request)}/undo`, {});
      if (answer.ok) {
        say({ text: t('toast.undone'), tone: 'good' });
        return undone?.();
      }
      const why = answer.problem ? (answer.problem.detail ?? answer.problem.title) : t('desk.offline');
      say({ text: `${t('toast.notUndone')}: ${why}`, tone: 'danger' });
    };
    return {
      say,
      undoable: (text, answer, undone) => {
        const request = answer.ok ? answer.request : null;
        say({
          text,
          ...(request ? { action: { label: t('toast.undo'), run: () => undo(request, undone) } } : {}),
        });
      },
    };
  }, [t]);
  return (
    <Context.Provider value={toasts}>
      {children}
      <Heard text={heard} />
      <Stack shown={shown} drop={(id) => setShown((before) => before.filter((toast) => toast.id !== id))} />
    </Context.Provider>
  );
}

function Stack({ shown, drop }: { shown: Shown[]; drop: (id: number) => void }) {
  const { t } = useDesk();
  const region = useRef<HTMLElement>(null);
  const cameFrom = useRef<Element | null>(null);
  const [held, setHeld] = useState(false);
  const back = () => {
    const from = cameFrom.current;
    if (from instanceof HTMLElement) from.focus();
    // It may be gone by now, or disabled, or there was none: then to the page, not to its very top (WCAG 2.4.3).
    if (document.activeElement !== from || from === document.body)
      document.querySelector<HTMLElement>('#content')?.focus();
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== KEY || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      const newest = region.current?.querySelector<HTMLElement>('li:last-child button');
      if (!newest) return;
      event.preventDefault();
      if (region.current?.contains(document.activeElement)) return back();
      cameFrom.current = document.activeElement;
      newest.focus();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  // The button under the focus goes with its message: the focus must not fall to the top of the page (WCAG 2.4.3).
  const leave = (id: number) => {
    if (region.current?.contains(document.activeElement)) back();
    setHeld(false);
    drop(id);
  };
  return (
    <section
      ref={region}
      class="toasts"
      aria-label={t('toast.region')}
      hidden={shown.length === 0}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
    >
      <ol>
        {shown.map((toast) => (
          <Message key={toast.id} toast={toast} held={held} leave={() => leave(toast.id)} />
        ))}
      </ol>
    </section>
  );
}

function Message({ toast, held, leave }: { toast: Shown; held: boolean; leave: () => void }) {
  const { t } = useDesk();
  const { text, tone = 'plain', action } = toast;
  const [busy, setBusy] = useState(false);
  const left = useRef(action ? WITH_ACTION_MS : STAYS_MS);
  useEffect(() => {
    if (held || busy) return undefined;
    let began = Date.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = () => {
      if (timer === undefined) return;
      clearTimeout(timer);
      timer = undefined;
      left.current -= Date.now() - began;
    };
    const look = () => {
      if (document.hidden) return stop();
      if (timer !== undefined) return;
      began = Date.now();
      timer = setTimeout(leave, Math.max(2_000, left.current));
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', look);
    };
  }, [held, busy]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') leave();
  };
  const act = async () => {
    if (busy) return;
    setBusy(true);
    await action?.run();
    leave();
  };
  return (
    <li class={`toast toast--${tone}`}>
      <p>{text}</p>
      {action && (
        // Not disabled: a button that is loses the focus, and who pressed it stands nowhere.
        <Button small look="outline" aria-disabled={busy} onKeyDown={onKeyDown} onClick={() => void act()}>
          {busy ? t('toast.undoing') : action.label}
        </Button>
      )}
      <Button small look="plain" aria-label={t('toast.dismiss')} onKeyDown={onKeyDown} onClick={leave}>
        <span aria-hidden="true">×</span>
      </Button>
    </li>
  );
}
