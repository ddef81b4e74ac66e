import { createDecipheriv } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decryptSegment, encryptSegment, keyOf, segmentIv } from './encryption.ts';

describe('encryption', () => {
  it('is AES-128-CBC with PKCS#7 and the media sequence number as IV', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.nat(),
        (bytes, key, index) => {
          const sealed = encryptSegment(bytes, key, index);
          expect(sealed.length).toBe(16 * (Math.floor(bytes.length / 16) + 1));
          const iv = Buffer.alloc(16);
          iv.writeUInt32BE(index, 12);
          const plain = createDecipheriv('aes-128-cbc', key, iv);
          expect(Buffer.concat([plain.update(sealed), plain.final()]).equals(Buffer.from(bytes))).toBe(true);
          expect(Buffer.from(decryptSegment(sealed, key, index)).equals(Buffer.from(bytes))).toBe(true);
        },
      ),
    );
    expect([...segmentIv(258)].slice(-2)).toEqual([1, 2]);
  });
  it('wants a key of 16 bytes for the period', () => {
    expect(() => keyOf({ 0: 'c2hvcnQ' }, 0)).toThrow('period 0');
    expect(() => keyOf({}, 3)).toThrow('period 3');
  });
});
