import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { clashes, edited, nothingKept, settled, takenOver, type Draft } from './merge.ts';

const saved = { '/name': 'Kaze', '/year': '2025', '/studio': '' };

it('keeps mine and theirs where they are different fields', () => {
  const kept = edited(nothingKept, saved, '/year', '2026');
  const theirs = { ...saved, '/studio': 'Boards' };
  expect(clashes(kept, theirs)).toEqual([]);
  expect(takenOver(kept, theirs)).toEqual(['/studio']);
});

it('a field that both changed is a clash, until it is decided', () => {
  const kept = edited(nothingKept, saved, '/year', '2026');
  const theirs = { ...saved, '/year': '2027' };
  const [clash] = clashes(kept, theirs);
  expect(clash).toEqual({ name: '/year', before: '2025', theirs: '2027', mine: '2026' });
  const mine = settled(kept, theirs, '/year', 'mine');
  expect([clashes(mine, theirs), mine.edits]).toEqual([[], { '/year': '2026' }]);
  const given = settled(kept, theirs, '/year', 'theirs');
  expect([clashes(given, theirs), given.edits]).toEqual([[], {}]);
});

it('the same change by both is none', () => {
  const kept = edited(nothingKept, saved, '/year', '2026');
  expect(clashes(kept, { ...saved, '/year': '2026' })).toEqual([]);
});

it('a field first touched after others had changed it is an edit of theirs', () => {
  const first = edited(nothingKept, saved, '/year', '2026');
  const theirs = { ...saved, '/studio': 'Boards' };
  expect(clashes(edited(first, theirs, '/studio', 'Planks'), theirs)).toEqual([]);
});

it('a field that was never filled is as good as empty', () => {
  expect(edited(nothingKept, saved, '/synopsis/fr', '').edits).toEqual({});
  expect(edited(nothingKept, saved, '/synopsis/fr', 'Le vent.').edits).toEqual({
    '/synopsis/fr': 'Le vent.',
  });
});

it('a clash comes back when they save once more', () => {
  const kept = settled(
    edited(nothingKept, saved, '/year', '2026'),
    { ...saved, '/year': '2027' },
    '/year',
    'mine',
  );
  expect(clashes(kept, { ...saved, '/year': '2028' })).toHaveLength(1);
});

const names = ['/a', '/b', '/c'];
const anyDraft = fc.record({ '/a': fc.string(), '/b': fc.string(), '/c': fc.string() });
it('loses nobody’s work: every field in the end is mine, or theirs, or was a clash', () => {
  fc.assert(
    fc.property(anyDraft, anyDraft, anyDraft, (began: Draft, mine: Draft, theirs: Draft) => {
      const kept = names.reduce((all, name) => edited(all, began, name, mine[name]!), nothingKept);
      const asked = new Set(clashes(kept, theirs).map(({ name }) => name));
      const merged: Draft = { ...theirs, ...kept.edits };
      for (const name of names) {
        const iDid = mine[name] !== began[name];
        const theyDid = theirs[name] !== began[name];
        expect(asked.has(name)).toBe(iDid && theyDid && mine[name] !== theirs[name]);
        expect(merged[name]).toBe(iDid ? mine[name] : theirs[name]);
      }
    }),
  );
});
