import { expect, it } from 'vitest';
import { keyReader, letters, type Pressed } from './keys.ts';

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, typing: false };
const press = (key: string, over: Partial<Pressed> = {}): Pressed => ({ ...plain, key, ...over });

it('knows Ctrl+K and ⌘K wherever somebody is, and whatever they switched off', () => {
  const read = keyReader(() => false);
  expect(read(press('k', { ctrlKey: true, typing: true }), 0)).toEqual({ does: 'palette' });
  expect(read(press('K', { metaKey: true }), 0)).toEqual({ does: 'palette' });
  expect(read(press('k', { ctrlKey: true, shiftKey: true }), 0)).toBeNull();
});

it('takes single keys, but not while somebody types, with Ctrl, or where they are off', () => {
  const read = keyReader(() => true);
  expect(read(press('?', { shiftKey: true }), 0)).toEqual({ does: 'help' });
  expect(read(press('/'), 0)).toEqual({ does: 'search' });
  for (const over of [{ typing: true }, { ctrlKey: true }, { altKey: true }])
    expect(read(press('/', over), 0)).toBeNull();
  expect(keyReader(() => false)(press('?'), 0)).toBeNull();
});

it('goes to a room by two keys, the second soon after the first', () => {
  const read = keyReader(() => true);
  expect(read(press('g'), 0)).toBeNull();
  expect(read(press('t'), 500)).toEqual({ does: 'go', letter: 't' });
  expect(read(press('t'), 600)).toBeNull();
  read(press('g'), 0);
  expect(read(press('t'), 2_000)).toBeNull();
  read(press('g'), 0);
  expect(read(press('t', { typing: true }), 100)).toBeNull();
  expect(read(press('?'), 200)).toEqual({ does: 'help' });
});

it('has one room a letter', () => {
  expect(new Set(Object.values(letters)).size).toBe(Object.keys(letters).length);
});
