import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { BrokenExport, linesOf, verifyLog } from '../schema/audit-log.ts';
import { ApiProblem, problemOf } from './api.ts';
import { openAnchor } from './audit/anchor.ts';
import { outcome } from './audit/words.ts';
import { parsed, UsageError } from './local/arguments.ts';
import { originOf, tell } from './local/command.ts';
import { people } from './local/people.ts';
import { Sentence } from './local/sentence.ts';
import { freshBearer } from './local/session.ts';

const help = `Verifies the audit log: recomputes its chain of seals, and compares it with the heads that were signed.

  npm run audit -- verify                        of the platform that runs on this machine
  npm run audit -- verify --origin URL           of another one; ENGAWA_TOKEN is an admin's token, signed in just now
  npm run audit -- verify --file export.ndjson   of an export, without any network

  --keys FILE    a JWKS: the keys that anchors are to be signed with, instead of those that come with the log

Exit code 1: the log was tampered with, or could not be read.`;

const root = fileURLToPath(new URL('..', import.meta.url));
const Jwks = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ keys: v.array(v.looseObject({ kty: v.string(), kid: v.string() })) }),
);

async function file(path: string): Promise<AsyncIterable<string>> {
  await stat(path).catch(() => {
    throw new UsageError(`There is no file ${path}.`);
  });
  return createReadStream(path, 'utf8');
}

/** The export of a running platform, as it comes in: the whole log is never in memory. */
async function download(origin: string): Promise<AsyncIterable<string>> {
  const token = process.env['ENGAWA_TOKEN'] ?? (await freshBearer(origin, people.admin)());
  const answer = await fetch(new URL('/api/admin/audit/export', origin), {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!answer.ok || !answer.body)
    throw new ApiProblem('GET /api/admin/audit/export', await problemOf(answer));
  return answer.body.pipeThrough(new TextDecoderStream());
}

await tell(async () => {
  const { values, positionals } = parsed(() =>
    parseArgs({
      allowPositionals: true,
      options: {
        origin: { type: 'string' },
        file: { type: 'string' },
        keys: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }),
  );
  if (values.help) return console.log(help);
  if (positionals.length !== 1 || positionals[0] !== 'verify')
    throw new UsageError('Say what: npm run audit -- verify; --help says more.');
  if (values.file !== undefined && values.origin !== undefined)
    throw new UsageError('--file needs no network: leave --origin out.');
  const keys =
    values.keys === undefined ? undefined : v.parse(Jwks, await readFile(values.keys, 'utf8')).keys;
  const pieces =
    values.file === undefined ? await download(originOf(root, values.origin)) : await file(values.file);
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  try {
    const { sentences, holds } = outcome(await verifyLog(linesOf(pieces), digest, openAnchor, keys));
    for (const sentence of sentences) console.log(sentence);
    if (!holds) process.exitCode = 1;
  } catch (error) {
    if (error instanceof BrokenExport) throw new Sentence(error.message);
    throw error;
  }
});
