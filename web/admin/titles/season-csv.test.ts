import Papa from 'papaparse';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { anEpisode } from './example.ts';
import { seasonCsv, templateCsv } from './season-csv.ts';

const read = (csv: string) =>
  Papa.parse<Record<string, string>>(csv.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: true,
    delimiter: ',',
  });

it('a season as a file is what the import reads', () => {
  const airsAt = Date.UTC(2026, 3, 5, 13, 30);
  const translations = {
    ja: { name: '風', synopsis: null },
    de: { name: 'Wind', synopsis: 'Er "weht",\nstark.' },
  };
  const { data, errors } = read(seasonCsv([anEpisode({ name: 'Wind, and rain', airsAt, translations })]));
  expect(errors).toEqual([]);
  expect(data).toEqual([
    {
      season: '1',
      number: '1',
      name: 'Wind, and rain',
      synopsis: '',
      kind: 'story',
      airsAt: '2026-04-05T13:30:00.000Z',
      absoluteNumber: '',
      'name.de': 'Wind',
      'synopsis.de': 'Er "weht",\nstark.',
      'name.ja': '風',
      'synopsis.ja': '',
    },
  ]);
});

it('gives back any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (synopsis) => {
      const [row] = read(seasonCsv([anEpisode({ synopsis: `x${synopsis}` })])).data;
      expect(row!['synopsis']).toBe(`x${synopsis}`);
    }),
  );
});

it('the template has every column that one needs', () => {
  expect(Object.keys(read(templateCsv()).data[0]!)).toEqual(
    expect.arrayContaining(['season', 'number', 'name', 'airsAt', 'name.ja']),
  );
});
