import * as fc from 'fast-check';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { range, unchunked } from './body.ts';

async function* cut(bytes: Buffer, at: number[]) {
  const edges = [...new Set(at.map((n) => n % (bytes.length + 1)))].sort((a, b) => a - b);
  for (const [i, from] of [0, ...edges].entries()) yield bytes.subarray(from, edges[i] ?? bytes.length);
}
const gathered = async (source: AsyncIterable<Buffer>) =>
  Buffer.concat(await Readable.from(source).toArray());
const chunked = (parts: Uint8Array[]) =>
  Buffer.concat([
    ...parts.flatMap((part) => [
      Buffer.from(`${part.length.toString(16)};chunk-signature=ab\r\n`),
      part,
      Buffer.from('\r\n'),
    ]),
    Buffer.from('0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n'),
  ]);

test('aws-chunked bodies come out as they went in, however the network cuts them', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 })),
      fc.array(fc.nat()),
      async (parts, at) => {
        const out = await gathered(unchunked(cut(chunked(parts), at)));
        expect(out.equals(Buffer.concat(parts))).toBe(true);
      },
    ),
  ));

test('an aws-chunked body that ends too early is refused', async () => {
  const whole = chunked([Buffer.from('abcdef')]);
  await expect(gathered(unchunked(cut(whole.subarray(0, 30), [])))).rejects.toMatchObject({
    code: 'IncompleteBody',
  });
});

test.each([
  ['bytes=0-', 10, [0, 9]],
  ['bytes=0-0', 10, [0, 0]],
  ['bytes=3-99', 10, [3, 9]],
  ['bytes=-3', 10, [7, 9]],
  ['bytes=-30', 10, [0, 9]],
  [undefined, 10, null],
  ['bytes=-', 10, null],
  ['bytes=0-1,3-4', 10, null],
])('range %s of %d bytes', (header, bytes, wanted) => {
  expect(range(header, bytes)).toEqual(wanted);
});

test('a range beyond the end is refused', () => {
  expect(() => range('bytes=10-', 10)).toThrow('InvalidRange');
  expect(() => range('bytes=0-', 0)).toThrow('InvalidRange');
});
