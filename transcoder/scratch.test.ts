import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';
import { makeScratch, ownedBy, sweepScratch } from './scratch.ts';

it('removes what killed transcoders left, and nothing that is in use', async () => {
  const root = await mkdtemp(join(tmpdir(), 'engawa-scratch-'));
  try {
    const gone = 4_194_304; // one more than the largest pid Linux gives
    await mkdir(join(root, `${ownedBy(gone)}abc`, 'deep'), { recursive: true });
    await mkdir(join(root, `${ownedBy(process.ppid)}abc`));
    await mkdir(join(root, 'of-somebody-else'));
    expect(await sweepScratch(root)).toBe(1);
    const mine = await makeScratch(root);
    expect((await readdir(root)).sort()).toEqual(
      ['of-somebody-else', `${ownedBy(process.ppid)}abc`, mine.slice(root.length + 1)].sort(),
    );
    expect(await sweepScratch(join(root, 'not there'))).toBe(0);
  } finally {
    await rm(root, { recursive: true });
  }
});
