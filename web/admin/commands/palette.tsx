import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { displayPath, themes } from '../../display.ts';
import { to } from '../../paths.ts';
import { useDesk } from '../desk.ts';
import { go } from '../navigation.ts';
import { Heard } from '../parts.tsx';
import { at } from '../places.ts';
import { roomsOf } from '../rooms.ts';
import { find, fits, type Choice } from './choices.ts';
import { letters } from './keys.ts';
import { saying, useSay } from './words.ts';

/** How long somebody stops typing before the API is asked, ms. */
const PAUSE_MS = 200;

type Props = { close: () => void; help: () => void };

/**
 * A field, and what fits what stands in it: rooms, deeds, and titles, jobs and people by the API. All native: arrow keys move the focus
 * from the field down the list and back, Enter in the field takes the first, Escape closes.
 */
function Palette({ close, help }: Props) {
  const say = useSay();
  const dialog = useRef<HTMLDialogElement>(null);
  const [q, setQ] = useState('');
  const { found, failed } = useFound(q.trim());
  const choices = [...useOwn(help).filter(({ name }) => fits(name, q)), ...found];
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const take = (choice: Choice | undefined) => {
    if (!choice) return;
    dialog.current?.close();
    if ('run' in choice) choice.run();
    else if (choice.href.startsWith(at('overview'))) go(choice.href);
    else location.assign(choice.href);
  };
  useLayoutEffect(() => {
    const element = dialog.current;
    const onKey = (event: KeyboardEvent) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const stops = [
        ...(element?.querySelectorAll<HTMLElement>('.palette__field, .palette__list button') ?? []),
      ];
      const from = stops.findIndex((stop) => stop === document.activeElement);
      if (step === undefined || from === -1) return;
      event.preventDefault();
      stops[(from + step + stops.length) % stops.length]?.focus();
    };
    element?.addEventListener('keydown', onKey);
    return () => element?.removeEventListener('keydown', onKey);
  }, []);
  return (
    <dialog ref={dialog} class="palette" aria-label={say('palette.title')} onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          take(choices[0]);
        }}
      >
        <input
          class="palette__field"
          type="text"
          aria-label={say('palette.field')}
          placeholder={say('palette.field')}
          autocomplete="off"
          spellcheck={false}
          autofocus
          maxLength={100}
          value={q}
          onInput={({ currentTarget }) => setQ(currentTarget.value)}
        />
      </form>
      <Heard text={say('palette.count', { count: choices.length })} />
      <ul class="palette__list" aria-label={say('palette.results')}>
        {choices.map((choice, i) => (
          <li key={choice.id}>
            <button type="button" onClick={() => take(choice)}>
              <span class="palette__group faint">
                {choices[i - 1]?.group !== choice.group && say(`group.${choice.group}`)}
              </span>
              <span>{choice.name}</span>
              {choice.note && <span class="faint small">{choice.note}</span>}
            </button>
          </li>
        ))}
      </ul>
      {choices.length === 0 && <p class="palette__none faint">{say('palette.none', { q })}</p>}
      {failed && <p class="palette__none bad">{say('palette.failed')}</p>}
    </dialog>
  );
}
export const palette = saying(Palette);

/** Rooms of this role, and what can be done from anywhere. */
function useOwn(help: () => void): Choice[] {
  const { t, visit } = useDesk();
  const say = useSay();
  const rooms = roomsOf(visit.me?.role);
  return [
    ...rooms.map(({ name }): Choice => {
      const letter = letters[name];
      return {
        id: name,
        group: 'go',
        name: t(`room.${name}`),
        ...(letter ? { note: `g ${letter}` } : {}),
        href: at(name),
      };
    }),
    ...(rooms.some(({ name }) => name === 'titles')
      ? [{ id: 'new-title', group: 'do', name: say('do.newTitle'), href: at('new-title') } as const]
      : []),
    ...themes.map((theme): Choice => ({
      id: theme,
      group: 'do',
      name: say(`do.theme.${theme}`),
      run: () => {
        document.documentElement.dataset['theme'] = theme;
        const body = new URLSearchParams({ theme });
        fetch(displayPath, { method: 'POST', body, redirect: 'manual', keepalive: true }).catch(() => {});
      },
    })),
    { id: 'keys', group: 'do', name: say('do.keys'), note: '?', run: help },
    { id: 'site', group: 'do', name: say('do.site'), href: to('home') },
  ];
}

/** What the API finds, once somebody stops typing; the last answer stays until the next one is there. */
function useFound(q: string) {
  const { visit } = useDesk();
  const [state, setState] = useState<{ found: Choice[]; failed: boolean }>({ found: [], failed: false });
  useEffect(() => {
    if (q.length < 2) {
      setState({ found: [], failed: false });
      return undefined;
    }
    let stale = false;
    const timer = setTimeout(() => {
      void find(q, visit.me?.role).then((found) => {
        if (!stale) setState(found);
      });
    }, PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [q]);
  return state;
}
