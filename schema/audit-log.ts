import * as v from 'valibot';
import { ExportLine } from './api/audit.ts';
import type { Anchor, Digest } from './audit-chain.ts';
import { verifier, type Verdict } from './audit-verify.ts';

/** A public key as JWK (RFC 7517). */
export type Key = { kty: string; kid: string; [member: string]: unknown };
/**
 * What an anchor says. `known` false: none of the keys has the id that it names, so that it is compared, but not proof.
 * Null: it names one of them, and was not signed by it.
 */
export type Opened = { anchor: Anchor; known: boolean } | null;

export type LogVerdict = Verdict & {
  origin: string;
  /** Anchors (their objects) that were signed with a key that is not known any more. */
  unproven: string[];
  /** Anchors that were not signed by the key that they name. */
  forged: string[];
};

/** An export that is none, or only the beginning of one. */
export class BrokenExport extends Error {
  override name = 'BrokenExport';
}

function lineOf(text: string, number: number): ExportLine {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), ExportLine), text);
  if (parsed.success) return parsed.output;
  throw new BrokenExport(`Line ${number} is no line of an export of the audit log.`);
}

/**
 * Verifies an export of the audit log, a line after another.
 * @param open checks the signature of an anchor
 * @param keys taken instead of those that stand in the export
 * @throws BrokenExport
 */
export async function verifyLog(
  lines: AsyncIterable<string>,
  digest: Digest,
  open: (jws: string, keys: readonly Key[]) => Promise<Opened>,
  keys?: readonly Key[],
): Promise<LogVerdict> {
  const anchors: Anchor[] = [];
  const [unproven, forged]: [string[], string[]] = [[], []];
  let log: Extract<ExportLine, { line: 'log' }> | undefined;
  let check: ReturnType<typeof verifier> | undefined;
  let number = 0;
  for await (const text of lines) {
    if (text === '') continue;
    const line = lineOf(text, ++number);
    if (line.line === 'log') log = line;
    else if (!log) throw new BrokenExport('It does not begin like an export of the audit log.');
    else if (line.line === 'anchor') {
      const opened = await open(line.jws, keys ?? log.keys);
      if (!opened) forged.push(line.object);
      else anchors.push(opened.anchor);
      if (opened && !opened.known) unproven.push(line.object);
    } else {
      check ??= verifier(digest, anchors); // the anchors stand in front of all entries
      if (line.line === 'entry') await check.entry(line.entry, line.seal);
      else return { ...check.end(line.sealed), origin: log.origin, unproven, forged };
    }
  }
  throw new BrokenExport('It ends in the middle: the download broke off. Export it once more.');
}

/** Pieces of a text as its lines. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}
