import type { ExportLine } from '../../../schema/api/audit.ts';
import { publicKeys } from '../../accounts/tokens.ts';
import type { Platform } from '../../platform/platform.ts';
import { anchors } from './anchors.ts';
import { entriesAfter } from './queries.ts';
import { head } from './seal.ts';

const PAGE = 500;
const line = (one: ExportLine): string => `${JSON.stringify(one)}\n`;

/** The log as lines of JSON, a page of it in memory at a time; without an end line it is not whole. What is written meanwhile may be in it. */
export async function* exported(platform: Platform): AsyncGenerator<string> {
  const { db, settings, secrets, now } = platform;
  const { keys } = await publicKeys(secrets.authSigningKey);
  const [heading, at] = [{ line: 'log', format: 'engawa-audit', version: 1 } as const, now()];
  yield line({ ...heading, origin: settings.origin, at, keys: keys.map((key) => ({ ...key, kty: 'EC' })) });
  // The end of the chain before its entries are read: what is sealed now is among them.
  const sealed = (await head(db))?.seq ?? 0;
  for await (const { key, jws } of anchors(platform)) yield line({ line: 'anchor', object: key, jws });
  let entries = 0;
  for (let after = 0, more = true; more;) {
    const rows = await entriesAfter(db, after, PAGE);
    entries += rows.length;
    after = rows.at(-1)?.seq ?? after;
    more = rows.length === PAGE;
    if (rows.length > 0)
      yield rows.map(({ seal, ...entry }) => line({ line: 'entry', seal, entry })).join('');
  }
  yield line({ line: 'end', entries, sealed });
}
