import { describe, expect, it } from 'vitest';
import { readInit } from './codec.ts';
import { concat } from './mp4.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const box = (type: string, ...content: Uint8Array[]) => {
  const body = concat(content);
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, body.length + 8);
  head.set(Buffer.from(type), 4);
  return concat([head, body]);
};
/** The init segment of a video track, as far as it is read: 1280×720, timescale 24 000. */
function init(entry: string, ...children: Uint8Array[]): Uint8Array {
  const mdhd = new Uint8Array(24);
  new DataView(mdhd.buffer).setUint32(12, 24_000);
  const fields = new Uint8Array(78);
  new DataView(fields.buffer).setUint16(24, 1280);
  new DataView(fields.buffer).setUint16(26, 720);
  const stsd = box('stsd', bytes(0, 0, 0, 0, 0, 0, 0, 1), box(entry, fields, ...children));
  return box('moov', box('trak', box('mdia', box('mdhd', mdhd), box('minf', box('stbl', stsd)))));
}
const nclx = (primaries: number, transfer: number, matrix: number, full: number) =>
  box('colr', Buffer.from('nclx'), bytes(0, primaries, 0, transfer, 0, matrix, full << 7));

describe('codec strings', () => {
  it.each([
    ['10 bits, level 3.1', [0x81, 0x05, 0x4c, 0], [], 'av01.0.05M.10'],
    ['8 bits, level 4.0, high tier', [0x81, 0x08, 0x8c, 0], [], 'av01.0.08H.08'],
    ['12 bits, professional, 4:2:2', [0x81, 0x4d, 0x68, 0], [], 'av01.2.13M.12'],
    ['BT.709, which goes without saying', [0x81, 0x05, 0x4c, 0], [nclx(1, 1, 1, 0)], 'av01.0.05M.10'],
    ['PQ', [0x81, 0x05, 0x4c, 0], [nclx(9, 16, 9, 0)], 'av01.0.05M.10.0.110.09.16.09.0'],
    ['full range', [0x81, 0x05, 0x4c, 0], [nclx(1, 1, 1, 1)], 'av01.0.05M.10.0.110.01.01.01.1'],
  ])('of AV1: %s', (_, av1C, more, codec) => {
    expect(readInit(init('av01', box('av1C', bytes(...av1C)), ...more))).toEqual({
      codec,
      timescale: 24_000,
      width: 1280,
      height: 720,
    });
  });

  it('of H.264 are what its parameter set says', () => {
    const avcC = box('avcC', bytes(1, 0x64, 0, 0x28, 0xff, 0xe1, 0, 4, 0x67, 0x64, 0, 0x28));
    expect(readInit(init('avc1', avcC)).codec).toBe('avc1.640028');
  });

  it('are not guessed', () => {
    expect(() => readInit(init('av01'))).toThrow('no av1C');
    expect(() => readInit(init('hvc1'))).toThrow('neither avc1 nor av01');
  });
});
