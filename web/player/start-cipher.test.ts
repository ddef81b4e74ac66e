import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { opener } from './start-cipher.ts';

const bytes = (length: { minLength?: number; maxLength?: number }) => fc.uint8Array(length);
const block = fc.uint8Array({ minLength: 16, maxLength: 16 });

async function sealed(plain: Uint8Array, key: Uint8Array, iv: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const aes = await crypto.subtle.importKey('raw', copy(key), 'AES-CBC', false, ['encrypt']);
  return new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-CBC', iv: copy(iv) }, aes, copy(plain)));
}
const copy = (of: Uint8Array) => new Uint8Array(of);
const pieces = (whole: Uint8Array, cuts: readonly number[]): Uint8Array[] => {
  const at = [...new Set(cuts.map((cut) => cut % (whole.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((from, i) => whole.subarray(from, at[i] ?? whole.length));
};

it('opens a segment in whatever pieces it comes', async () => {
  await fc.assert(
    fc.asyncProperty(
      bytes({ maxLength: 200 }),
      block,
      block,
      fc.array(fc.nat()),
      async (plain, key, iv, cuts) => {
        const one = await opener(copy(key), copy(iv));
        const opened: number[] = [];
        for (const piece of pieces(await sealed(plain, key, iv), cuts))
          opened.push(...(await one.push(piece)));
        opened.push(...(await one.end()));
        expect(opened).toEqual([...plain]);
      },
    ),
  );
});

it('gives what can be read at once, and keeps back no more than a block', async () => {
  const [key, iv] = [new Uint8Array(16).fill(7), new Uint8Array(16)];
  const whole = await sealed(new Uint8Array(100).fill(1), key, iv);
  const one = await opener(key, iv);
  expect(await one.push(whole.subarray(0, 16))).toHaveLength(0);
  expect(await one.push(whole.subarray(16, 50))).toHaveLength(48);
});

it('says so where the end is missing, or the key is another', async () => {
  const [key, iv] = [new Uint8Array(16).fill(7), new Uint8Array(16)];
  const whole = await sealed(new Uint8Array(100).fill(1), key, iv);
  const cut = await opener(key, iv);
  await cut.push(whole.subarray(0, 100));
  await expect(cut.end()).rejects.toMatchObject({ name: 'OperationError' });
  // A wrong key opens to noise whose last byte is a good padding once in 256 times: this one is not such a key.
  const wrong = await opener(new Uint8Array(16).fill(8), iv);
  await wrong.push(whole);
  await expect(wrong.end()).rejects.toMatchObject({ name: 'OperationError' });
});
