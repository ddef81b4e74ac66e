import { createContext, type ComponentChildren } from 'preact';
import { useCallback, useContext, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { useDesk } from './desk.ts';

/** What is asked before something that cannot be undone. */
export type Question = {
  title: string;
  /** What it will do, and to whom. */
  text: string;
  /** The button that does it, in the words of the deed: `Delete title`. */
  yes: string;
  no?: string;
  /** A word to type first, such as the name of what goes: for what is rare and large. */
  typed?: string;
  /** Asks why, which must be said. */
  reason?: boolean;
  /** `plain`: nothing is lost by it. */
  look?: 'danger' | 'plain';
};
/** `reason`: what was said where it was asked for, else empty. */
export type Confirmed = { reason: string };

type Asking = Question & { answer: (confirmed: Confirmed | null) => void };
type Ask = (question: Question) => Promise<Confirmed | null>;
const Context = createContext<Ask | null>(null);

/** `if (await confirm({ title, text, yes })) …`: null where it was declined, also by Escape. One question at a time. */
export function useConfirm(): Ask {
  const ask = useContext(Context);
  if (!ask) throw new Error('useConfirm() needs <Confirming> around it');
  return ask;
}

export function Confirming({ children }: { children: ComponentChildren }) {
  const [asking, setAsking] = useState<Asking | null>(null);
  const open = useRef<Asking | null>(null);
  const ask = useCallback<Ask>(
    (question) =>
      new Promise((answer) => {
        open.current?.answer(null); // a newer question takes its place
        open.current = { ...question, answer };
        setAsking(open.current);
      }),
    [],
  );
  const close = (asked: Asking, confirmed: Confirmed | null) => {
    asked.answer(confirmed);
    if (open.current !== asked) return;
    open.current = null;
    setAsking(null);
  };
  return (
    <Context.Provider value={ask}>
      {children}
      {asking && (
        <Dialog key={asking.title} question={asking} close={(confirmed) => close(asking, confirmed)} />
      )}
    </Context.Provider>
  );
}

/** Native: Escape closes it, nothing behind it can be reached, and the focus comes back by itself. */
function Dialog({
  question: { title, text, yes, no, typed, reason, look = 'danger' },
  close,
}: {
  question: Question;
  close: (confirmed: Confirmed | null) => void;
}) {
  const { t } = useDesk();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [word, setWord] = useState('');
  const [why, setWhy] = useState('');
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const asks = Boolean(typed) || Boolean(reason);
  return (
    <dialog
      ref={dialog}
      class="confirm"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onClose={() => close(dialog.current?.returnValue === 'yes' ? { reason: why.trim() } : null)}
    >
      <form method="dialog">
        <h2 id={`${id}-title`}>{title}</h2>
        <p id={`${id}-text`}>{text}</p>
        {typed && (
          <Field
            label={t('confirm.typed', { word: typed })}
            name="typed"
            autocomplete="off"
            autofocus
            required
            value={word}
            onInput={({ currentTarget }) => setWord(currentTarget.value)}
          />
        )}
        {reason && (
          <Field
            label={t('confirm.reason')}
            hint={t('confirm.reasonHint')}
            name="reason"
            autocomplete="off"
            autofocus={!typed}
            required
            maxLength={500}
            value={why}
            onInput={({ currentTarget }) => setWhy(currentTarget.value)}
          />
        )}
        <div class="confirm__do">
          {/* No submit button: Enter in a field presses the first of those (HTML, “implicit submission”). */}
          <Button look="outline" autofocus={!asks} onClick={() => dialog.current?.close('no')}>
            {no ?? t('desk.cancel')}
          </Button>
          <Button
            type="submit"
            value="yes"
            look={look === 'danger' ? 'danger' : 'primary'}
            disabled={(Boolean(typed) && word.trim() !== typed) || (reason === true && why.trim().length < 3)}
          >
            {yes}
          </Button>
        </div>
      </form>
    </dialog>
  );
}
