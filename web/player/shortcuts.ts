import type { playerEn } from '../i18n/player.en.ts';

export type Command =
  | 'play'
  | 'back'
  | 'forward'
  | 'little-back'
  | 'little-forward'
  | 'louder'
  | 'quieter'
  | 'mute'
  | 'fullscreen'
  | 'picture'
  | 'subtitles'
  | 'next'
  | 'previous'
  | 'skip'
  | 'slower'
  | 'faster'
  | 'frame-back'
  | 'frame-forward'
  | 'tenth'
  | 'start'
  | 'end'
  | 'why'
  | 'help';

/** The keys as the field has them. `shown`: how they are written in the list. */
export const shortcuts: readonly {
  command: Command;
  keys: readonly string[];
  shown: readonly string[];
  words: Extract<keyof typeof playerEn, `key.${string}`>;
}[] = [
  { command: 'play', keys: [' ', 'k'], shown: ['Space', 'K'], words: 'key.play' },
  { command: 'back', keys: ['j'], shown: ['J'], words: 'key.back' },
  { command: 'forward', keys: ['l'], shown: ['L'], words: 'key.forward' },
  { command: 'little-back', keys: ['ArrowLeft'], shown: ['←'], words: 'key.littleBack' },
  { command: 'little-forward', keys: ['ArrowRight'], shown: ['→'], words: 'key.littleForward' },
  {
    command: 'tenth',
    keys: Array.from({ length: 10 }, (_, digit) => String(digit)),
    shown: ['0', '…', '9'],
    words: 'key.tenth',
  },
  { command: 'start', keys: ['Home'], shown: ['Home'], words: 'key.start' },
  { command: 'end', keys: ['End'], shown: ['End'], words: 'key.end' },
  { command: 'frame-back', keys: [','], shown: [','], words: 'key.frameBack' },
  { command: 'frame-forward', keys: ['.'], shown: ['.'], words: 'key.frameForward' },
  { command: 'slower', keys: ['<'], shown: ['<'], words: 'key.slower' },
  { command: 'faster', keys: ['>'], shown: ['>'], words: 'key.faster' },
  { command: 'louder', keys: ['ArrowUp'], shown: ['↑'], words: 'key.louder' },
  { command: 'quieter', keys: ['ArrowDown'], shown: ['↓'], words: 'key.quieter' },
  { command: 'mute', keys: ['m'], shown: ['M'], words: 'key.mute' },
  { command: 'subtitles', keys: ['c'], shown: ['C'], words: 'key.subtitles' },
  { command: 'fullscreen', keys: ['f'], shown: ['F'], words: 'key.fullscreen' },
  { command: 'picture', keys: ['i'], shown: ['I'], words: 'key.picture' },
  { command: 'skip', keys: ['s'], shown: ['S'], words: 'key.skip' },
  { command: 'next', keys: ['n'], shown: ['N'], words: 'key.next' },
  { command: 'previous', keys: ['p'], shown: ['P'], words: 'key.previous' },
  { command: 'why', keys: ['q'], shown: ['Q'], words: 'key.why' },
  { command: 'help', keys: ['?'], shown: ['?'], words: 'key.help' },
];

/** What a key asks for; null: nothing of ours. With a modifier it is the browser's, or the system's (Shift makes `<`, `>` and `?`). */
export function commandOf({
  key,
  ctrlKey,
  metaKey,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): Command | null {
  if (ctrlKey || metaKey || altKey) return null;
  const plain = key.length === 1 ? key.toLowerCase() : key;
  return shortcuts.find(({ keys }) => keys.includes(plain))?.command ?? null;
}

/** Where these keys belong to the element that has the focus: letters to what is typed in, the rest to buttons, sliders and menus. */
const TYPES = 'input:not([type=checkbox]), textarea, select, [contenteditable]';
const STEERS = '[role=menu], [role=menuitemradio], [role=slider], input, select, summary, dialog';
const PRESSES = 'a[href], button, [role=button]';
const steering = /^(Arrow|Home$|End$)/;

/** Whether the focus wants a key for itself: what it stands in, through shadow roots. */
export function takesKey(path: readonly EventTarget[], key: string): boolean {
  const within = (selector: string) => path.some((one) => one instanceof Element && one.matches(selector));
  if (within(TYPES) || within('dialog')) return true;
  if (steering.test(key) && within(STEERS)) return true;
  return (key === ' ' || key === 'Enter') && (within(PRESSES) || within(STEERS));
}
