import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { parsed, UsageError } from './local/arguments.ts';
import { originOf, tell } from './local/command.ts';
import { sentencesOf, verifyStatement } from './statement/verify.ts';

const help = `Verifies a licensor's statement: who signed it, and that its lines are those that were signed.

  npm run statement -- verify statement.jws [statement.csv]
                       by the keys that the site publishes: that on this machine, or --origin URL

  --keys FILE    a JWKS: the site's keys, without any network; also those that it had once

Exit code 1: it is not what it says it is.`;

const root = fileURLToPath(new URL('..', import.meta.url));
const Jwks = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ keys: v.array(v.looseObject({ kty: v.string() })) }),
);

async function file(path: string): Promise<Buffer> {
  return readFile(path).catch(() => {
    throw new UsageError(`There is no file ${path}.`);
  });
}

async function published(origin: string): Promise<string> {
  const answer = await fetch(new URL('/.well-known/jwks.json', origin));
  if (!answer.ok) throw new UsageError(`${origin} publishes no keys (${answer.status}).`);
  return answer.text();
}

await tell(async () => {
  const { values, positionals } = parsed(() =>
    parseArgs({
      allowPositionals: true,
      options: {
        origin: { type: 'string' },
        keys: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }),
  );
  if (values.help) return console.log(help);
  const [what, document, csv, ...rest] = positionals;
  if (what !== 'verify' || !document || rest.length > 0)
    throw new UsageError(
      'Say which: npm run statement -- verify statement.jws statement.csv; --help says more.',
    );
  const keys = values.keys ? await file(values.keys) : await published(originOf(root, values.origin));
  const verified = await verifyStatement(
    (await file(document)).toString('utf8').trim(),
    v.parse(Jwks, keys.toString()).keys,
    csv === undefined ? undefined : await file(csv),
  );
  const { sentences, holds } = sentencesOf(verified, csv !== undefined);
  for (const sentence of sentences) console.log(sentence);
  if (!holds) process.exitCode = 1;
});
