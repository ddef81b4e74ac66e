import { useEffect, useState } from 'preact/hooks';
import { Field } from '../../../ui/field.tsx';
import { titles } from '../../calls.ts';
import { useFresh } from '../../fresh-hook.ts';
import { Shown } from '../../parts.tsx';
import { useRoom } from './words.ts';

/** How long somebody stops typing before the question is asked, ms. */
const PAUSE_MS = 250;

/** Finds a title by a part of any of its names. Each result is a link, so that the page it leads to has an address. */
export function TitlePick({ hrefOf }: { hrefOf: (titleId: string) => string }) {
  const room = useRoom();
  const [typed, setTyped] = useState('');
  const [q, setQ] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useFresh(`titles to choose ${q}`, () => titles.list({ q, limit: '8' }));
  return (
    <search class="pick">
      <Field
        label={room('pick.title')}
        type="search"
        name="title"
        maxLength={100}
        data-search
        value={typed}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <Shown of={found}>
        {({ items }) => (
          <ul class="chips" aria-label={room('pick.found')}>
            {items.map(({ id, names }) => (
              <li key={id}>
                <a class="chip" href={hrefOf(id)}>
                  {names.main}
                </a>
              </li>
            ))}
            {items.length === 0 && <li class="faint">{room('pick.none')}</li>}
          </ul>
        )}
      </Shown>
    </search>
  );
}
