import { GENESIS, sealed, type Anchor, type AuditEntry, type Digest } from './audit-chain.ts';

/**
 * How a chain can be broken. `missing`: an entry is not there; `order`: entries changed places; `altered`: an entry is not what was
 * sealed; `unsealed`: an entry between sealed ones has no seal; `rewritten`: the chain fits together, but is not the one that was signed;
 * `cut off`: it ends before what was sealed or signed.
 */
export const auditFaults = ['missing', 'order', 'altered', 'unsealed', 'rewritten', 'cut off'] as const;
export type Fault = { what: (typeof auditFaults)[number]; /** Where. */ seq: number };

export type Verdict = {
  /** Null: it holds. */
  fault: Fault | null;
  /** The last entry up to which it holds, its time (ms UTC) and its seal; 0 and null: none does. */
  seq: number;
  at: number | null;
  hash: string;
  /** Entries after the last seal: made in the last moments. */
  unsealed: number;
  /** Anchors that it was found to agree with. */
  anchors: number;
};

/**
 * Recomputes a chain, an entry after another, so that it takes no more memory the longer it is.
 * @param anchors heads that were signed at some time; their signatures are checked by whoever brings them
 */
export function verifier(digest: Digest, anchors: readonly Anchor[]) {
  const signed = new Map(anchors.map((anchor) => [anchor.seq, anchor]));
  const verdict: Verdict = { fault: null, seq: 0, at: null, hash: GENESIS, unsealed: 0, anchors: 0 };
  let previous = 0;
  const broken = (what: Fault['what'], seq: number) => {
    verdict.fault ??= { what, seq };
  };

  async function check(entry: AuditEntry, seal: string | null): Promise<void> {
    const expected = previous + 1; // AUTOINCREMENT leaves no gaps: what is rolled back takes its number back
    if (entry.seq > expected) return broken('missing', expected);
    if (entry.seq < expected) return broken('order', entry.seq);
    previous = entry.seq;
    if (seal === null) {
      verdict.unsealed += 1;
      if (signed.has(entry.seq)) broken('unsealed', entry.seq);
      return undefined;
    }
    if (verdict.unsealed > 0) return broken('unsealed', entry.seq - verdict.unsealed);
    const hash = await digest(sealed(verdict.hash, entry));
    if (hash !== seal) return broken('altered', entry.seq);
    const anchor = signed.get(entry.seq);
    if (anchor && anchor.hash !== hash) return broken('rewritten', entry.seq);
    if (anchor) verdict.anchors += 1;
    Object.assign(verdict, { seq: entry.seq, at: entry.at, hash });
    return undefined;
  }

  return {
    /** @param seal its own; null: it has none yet. After a fault nothing more is looked at. */
    async entry(entry: AuditEntry, seal: string | null): Promise<void> {
      if (!verdict.fault) await check(entry, seal);
    },
    /** @param last the number of the last seal that is kept, whether or not its entry is */
    end(last: number): Verdict {
      const furthest = Math.max(last, ...signed.keys());
      if (furthest > previous) broken('cut off', previous + 1);
      return verdict;
    },
  };
}
