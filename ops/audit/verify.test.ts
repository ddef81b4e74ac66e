import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GENESIS, sealed, type Anchor, type AuditEntry } from '../../schema/audit-chain.ts';
import { verifier, type Verdict } from '../../schema/audit-verify.ts';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
type Link = { entry: AuditEntry; seal: string | null };

const entry = (seq: number): AuditEntry => ({
  seq,
  at: 1_700_000_000_000 + seq,
  request: `req_${seq}`,
  operation: 'PATCH /api/admin/titles/:id',
  actorId: 'usr_1',
  actorRole: 'editor',
  address: null,
  country: 'JP',
  userAgent: null,
  kind: 'titles',
  rowId: 'ttl_1',
  titleId: 'ttl_1',
  episodeId: null,
  op: 'update',
  before: `{"name_main":"${seq}"}`,
  after: `{"name_main":"${seq + 1}"}`,
});
function seal(entries: readonly AuditEntry[]): Link[] {
  let previous = GENESIS;
  return entries.map((one) => {
    previous = digest(sealed(previous, one));
    return { entry: one, seal: previous };
  });
}
const chain = (length: number) => seal(Array.from({ length }, (_, i) => entry(i + 1)));
const anchorAt = (links: readonly Link[], seq: number): Anchor => ({
  seq,
  hash: links[seq - 1]!.seal!,
  at: 0,
});
async function verify(
  links: readonly Link[],
  anchors: readonly Anchor[] = [],
  last = links.length,
): Promise<Verdict> {
  const check = verifier(digest, anchors);
  for (const link of links) await check.entry(link.entry, link.seal);
  return check.end(last);
}

const good = chain(20);
const anchors = [anchorAt(good, 10), anchorAt(good, 18)];

describe('a chain', () => {
  it('holds as it was made, with entries that are too new to be sealed', async () => {
    expect(await verify(good, anchors)).toEqual({
      fault: null,
      seq: 20,
      at: good[19]!.entry.at,
      hash: good[19]!.seal,
      unsealed: 0,
      anchors: 2,
    });
    const fresh = [...good, { entry: entry(21), seal: null }];
    expect(await verify(fresh, anchors, 20)).toMatchObject({ fault: null, seq: 20, unsealed: 1 });
    expect(await verify([])).toMatchObject({ fault: null, seq: 0, hash: GENESIS });
  });

  it('shows an entry that was changed, whatever of it was', async () => {
    const fields = Object.keys(entry(1)).filter((name) => name !== 'seq');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fields), fc.integer({ min: 0, max: 19 }), async (field, at) => {
        const changed = good.map((link, i) =>
          i === at ? { ...link, entry: { ...link.entry, [field]: field === 'at' ? 1 : 'insert?' } } : link,
        );
        expect(await verify(changed, anchors)).toMatchObject({
          fault: { what: 'altered', seq: at + 1 },
          seq: at,
        });
      }),
    );
  });

  it('shows an entry that was taken out, with or without its seal', async () => {
    const without = good.filter((_, i) => i !== 6);
    expect((await verify(without, anchors)).fault).toEqual({ what: 'missing', seq: 7 });
    const renumbered = without.map((link, i) => ({ ...link, entry: { ...link.entry, seq: i + 1 } }));
    expect((await verify(renumbered, anchors)).fault).toEqual({ what: 'altered', seq: 7 });
  });

  it('shows entries that changed places', async () => {
    const swapped = [...good];
    [swapped[3], swapped[4]] = [swapped[4]!, swapped[3]!];
    expect((await verify(swapped)).fault).toEqual({ what: 'missing', seq: 4 });
    expect((await verify([...good.slice(0, 5), good[2]!, ...good.slice(5)])).fault).toEqual({
      what: 'order',
      seq: 3,
    });
    const renumbered = swapped.map((link, i) => ({ ...link, entry: { ...link.entry, seq: i + 1 } }));
    expect((await verify(renumbered)).fault).toEqual({ what: 'altered', seq: 4 });
  });

  it('shows that its end was cut off', async () => {
    expect((await verify(good.slice(0, 15), [], 20)).fault).toEqual({ what: 'cut off', seq: 16 }); // its seals are still there
    expect((await verify(good.slice(0, 15), anchors, 15)).fault).toEqual({ what: 'cut off', seq: 16 }); // they are gone as well
  });

  it('shows a seal that is not there between others', async () => {
    const gap = good.map((link, i) => (i === 11 ? { ...link, seal: null } : link));
    expect((await verify(gap)).fault).toEqual({ what: 'unsealed', seq: 12 });
  });

  it('shows that all of it was made anew, by what was signed before', async () => {
    const forged = seal(good.map(({ entry: one }) => ({ ...one, actorId: 'usr_2' })));
    expect((await verify(forged)).fault).toBeNull(); // by itself it fits together
    expect((await verify(forged, anchors)).fault).toEqual({ what: 'rewritten', seq: 10 });
  });

  it('does not hold anything for the other thing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 30 }),
        async (length, kept) => {
          const links = chain(length).slice(0, kept);
          const { fault } = await verify(links, [], length);
          expect(fault === null).toBe(kept >= length);
        },
      ),
    );
  });
});
