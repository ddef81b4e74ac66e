import { useEffect, useRef, useState } from 'preact/hooks';
import { useDesk } from '../desk.ts';
import { lazy } from '../lazy.tsx';
import { go } from '../navigation.ts';
import { at } from '../places.ts';
import { roomsOf } from '../rooms.ts';
import { keyReader, letters, singleKeys } from './keys.ts';

const Palette = lazy((language) => import('./palette.tsx').then((m) => m.palette(language)));
const Help = lazy((language) => import('./help.tsx').then((m) => m.help(language)));

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select'));

/** Keys of the whole dashboard, and what they open. Both dialogs come when they are first asked for. */
export function Commands() {
  const { visit } = useDesk();
  const [open, setOpen] = useState<'palette' | 'help' | null>(null);
  const role = useRef(visit.me?.role);
  role.current = visit.me?.role;
  useEffect(() => {
    const read = keyReader(singleKeys.on);
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
      const typing = isTyping(event.target);
      const command = read({ key, ctrlKey, metaKey, altKey, shiftKey, typing }, event.timeStamp);
      // One dialog at a time: what is behind one is out of reach.
      if (!command || document.querySelector('dialog[open]')) return;
      if (command.does === 'go') {
        const room = roomsOf(role.current).find(({ name }) => letters[name] === command.letter);
        if (!room) return;
        event.preventDefault();
        return go(at(room.name));
      }
      event.preventDefault();
      if (command.does !== 'search') return setOpen(command.does);
      const field = document.querySelector<HTMLElement>('main [data-search], main [type="search"]');
      if (field) field.focus();
      else setOpen('palette');
    };
    const onAsk = (event: Event) => {
      if (event instanceof CustomEvent) setOpen(event.detail === 'help' ? 'help' : 'palette');
    };
    addEventListener('keydown', onKey);
    addEventListener(ASK, onAsk);
    return () => {
      removeEventListener('keydown', onKey);
      removeEventListener(ASK, onAsk);
    };
  }, []);
  const close = () => setOpen(null);
  if (open === 'palette') return <Palette close={close} help={() => setOpen('help')} />;
  return open === 'help' ? <Help close={close} /> : null;
}

const ASK = 'engawa:command';
/** Opens the palette or the list of keys: for those who press no keys. */
export const openCommand = (which: 'palette' | 'help'): void => {
  dispatchEvent(new CustomEvent(ASK, { detail: which }));
};
