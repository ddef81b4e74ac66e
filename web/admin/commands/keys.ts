/** What a key asks for. `letter`: after `g`, of a room. */
export type Command =
  | { does: 'palette' }
  | { does: 'help' }
  | { does: 'search' }
  | { does: 'go'; letter: string };
/** A key as it was pressed. `typing`: into a field, where letters are letters. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & {
  typing: boolean;
};

/** After `g` the next key within this is a room’s, ms. */
const PATIENCE_MS = 1_500;

/** The letter of each room after `g`, where it has one. */
export const letters: Readonly<Record<string, string>> = {
  overview: 'o',
  titles: 't',
  episodes: 'e',
  uploads: 'u',
  jobs: 'j',
  storage: 's',
  rights: 'r',
  moderation: 'm',
  people: 'p',
  streams: 'l',
  audit: 'c',
};

/**
 * Reads keys one after the other. Ctrl+K (⌘K) works everywhere; keys without Ctrl only where `single()` says so, since who dictates or has
 * a tremor presses them unmeant (WCAG 2.1.4), and never while somebody types.
 */
export function keyReader(single: () => boolean) {
  let goneAt: number | null = null;
  return (pressed: Pressed, now: number): Command | null => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, typing } = pressed;
    const after = goneAt !== null && now - goneAt < PATIENCE_MS;
    goneAt = null;
    if ((ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === 'k') return { does: 'palette' };
    if (ctrlKey || metaKey || altKey || typing || !single()) return null;
    if (after) return { does: 'go', letter: key.toLowerCase() };
    if (key === '?') return { does: 'help' }; // with shift on most keyboards, without on some
    if (key === '/') return { does: 'search' };
    if (key === 'g' && !shiftKey) goneAt = now;
    return null;
  };
}

const KEY = 'engawa:single-keys';
/** Whether keys without Ctrl do anything here; kept in this browser. */
export const singleKeys = {
  on: (): boolean => {
    try {
      return localStorage.getItem(KEY) !== 'off';
    } catch {
      return true; // forbidden: nothing was ever chosen
    }
  },
  set: (on: boolean): void => {
    try {
      if (on) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, 'off');
    } catch {
      // forbidden: as it was
    }
  },
};
