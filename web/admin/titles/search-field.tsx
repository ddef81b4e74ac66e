import { useEffect, useRef, useState } from 'preact/hooks';
import { Field } from '../../ui/field.tsx';

/** How long somebody stops typing before the question is asked, ms. */
const PAUSE_MS = 250;

/** A list's search: asks when typing pauses. `find`: the page was opened in order to search. */
export function SearchField({
  label,
  hint,
  q,
  find = false,
  ask,
}: {
  label: string;
  hint: string;
  q: string;
  find?: boolean;
  ask: (q: string) => void;
}) {
  const [typed, setTyped] = useState(q);
  useEffect(() => setTyped(q), [q]);
  const around = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (find) around.current?.querySelector('input')?.focus(); // after the heading, which every new page gives it to
  }, [find]);
  useEffect(() => {
    const text = typed.trim();
    if (text === q) return undefined;
    const timer = setTimeout(() => ask(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <div class="search" ref={around}>
      <Field
        label={label}
        hint={hint}
        type="search"
        maxLength={100}
        aria-keyshortcuts="/"
        data-search
        value={typed}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      />
    </div>
  );
}
