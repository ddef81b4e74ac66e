import { expect, it } from 'vitest';
import { admit, give, hear, spokenIn, type Stream } from './leases.ts';
import { asking } from './leases.fixture.ts';

const NOW = Date.UTC(2026, 10, 1);
function begun(change = {}): Stream {
  const asked = asking('x', { startedAt: NOW, audio: 'ja', languages: ['ja', 'en'], ...change });
  const admitted = admit([], asked, NOW);
  if (!admitted.admitted) throw new Error('no lease');
  return admitted.changed[0]!;
}
let number = 0;
const says = (stream: Stream, audio?: string) =>
  hear(stream, { position: 0, number: number++, stopped: false, ...(audio ? { audio } : {}) }, NOW);

it('belongs to the language that was heard for the longest, however often it was switched', () => {
  let stream = begun();
  expect(spokenIn(stream)).toBe('ja');
  stream = give(give(stream, 0, NOW), 1, NOW);
  stream = says(stream, 'en');
  expect(spokenIn(stream)).toBe('ja'); // nothing was heard in English yet
  stream = give(stream, 2, NOW);
  expect(spokenIn(stream)).toBe('ja');
  stream = give(give(stream, 3, NOW), 3, NOW); // a period that is given twice counts once
  expect(spokenIn(stream)).toBe('en'); // as long: what is heard now
  stream = give(stream, 4, NOW);
  expect(spokenIn(says(stream, 'ja'))).toBe('en');
});

it('passes over a language that the play does not have, and beats that say none', () => {
  const stream = give(begun(), 0, NOW);
  expect(spokenIn(says(stream, 'zxx'))).toBe('ja');
  expect(spokenIn(says(stream))).toBe('ja');
});

it('reads streams that began before it was kept, and silent films', () => {
  const { audio: _, languages: __, ...old } = begun();
  expect(spokenIn(give(old, 0, NOW))).toBe(null);
  expect(spokenIn(give(says(begun({ audio: null, languages: [] }), 'ja'), 0, NOW))).toBe(null);
});
