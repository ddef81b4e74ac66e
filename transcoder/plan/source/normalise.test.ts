import { describe, expect, it } from 'vitest';
import { colourFilters, fieldFilters, normaliseFilters } from './normalise.ts';

const plain = { fields: null, hdr: null, width: 1920, height: 1080 } as const;
const sd = { matrix: 'smpte170m', primaries: 'smpte170m', range: 'limited' } as const;

describe('what stands before scaling', () => {
  it('of a plain source only says what it is', () => {
    expect(normaliseFilters({ source: plain })).toEqual([
      'setparams=range=limited:color_primaries=bt709:color_trc=bt709:colorspace=bt709',
    ]);
  });

  it('puts fields together in the order the source has, and interpolates what was shot in fields', () => {
    for (const [fields, order] of [
      ['top', 'tff'],
      ['bottom', 'bff'],
      ['auto', 'auto'],
    ] as const) {
      const [match, bwdif, ...rest] = fieldFilters({ source: { ...plain, fields } });
      expect(match).toContain(`fieldmatch=order=${order}:`);
      expect(bwdif).toBe(`bwdif=mode=send_frame:parity=${order}:deint=interlaced`);
      expect(rest).toEqual([]);
    }
  });

  it('comes before any other: colours of two fields must not mix', () => {
    const filters = normaliseFilters({ source: { ...plain, fields: 'top', colour: sd } });
    expect(filters.map((filter) => filter.split('=')[0])).toEqual([
      'fieldmatch',
      'bwdif',
      'zscale',
      'setparams',
    ]);
  });

  it('has chroma for each pixel before zimg where a side is odd', () => {
    const first = (source: Parameters<typeof colourFilters>[0]['source']) => colourFilters({ source })[0];
    expect(first({ ...plain, width: 853, colour: sd })).toBe('format=yuv444p');
    expect(first({ ...plain, height: 1079, hdr: 'pq', colour: sd })).toBe('format=yuv444p10le');
    expect(first({ ...plain, colour: sd })).toMatch(/^zscale=/);
  });

  it('maps the transfer of HDR, in light, before it is narrowed', () => {
    const bt2020 = { matrix: 'bt2020nc', primaries: 'bt2020', range: 'limited' } as const;
    for (const [hdr, transfer] of [
      ['pq', 'smpte2084'],
      ['hlg', 'arib-std-b67'],
    ] as const) {
      const filters = colourFilters({ source: { ...plain, hdr, colour: bt2020 } });
      expect(filters[0]).toContain(`transferin=${transfer}:transfer=linear`);
      expect(filters.findIndex((filter) => filter.startsWith('tonemap='))).toBeGreaterThan(
        filters.indexOf('format=gbrpf32le'),
      );
      expect(filters.at(-1)).toMatch(/^setparams=/);
    }
  });
});
