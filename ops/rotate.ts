import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import {
  idAt,
  isWhat,
  retirableAt,
  retired,
  rotated,
  rotations,
  symmetricKey,
  type Rotating,
  type What,
} from './deploy/rotation.ts';
import { must } from './local/run.ts';
import { parsed, UsageError } from './local/arguments.ts';
import { tell } from './local/command.ts';
import { cdnKey, secretsPath, writePrivately } from './local/secrets.ts';
import { Sentence } from './local/sentence.ts';
import { d1 } from './local/worker.ts';

const help = `Makes a new key take over, while everything plays on; later, retires the one before it.

  npm run rotate -- tokens|cdn|content             on this machine; a running npm start follows
  npm run rotate -- tokens --retire KID            once nothing it signed is in use; it says when that is
  npm run rotate -- tokens --retire KID --leaked   at once: whoever plays by it is interrupted and starts anew

In production the keys are in a file that you keep safe, JSON { "PLAYBACK_KEYS": "…", "CDN_KEYS": "…", "CONTENT_KEYS": "…" }
with what the secrets hold, since Cloudflare gives none back. It is changed, and the secret put:

  npm run rotate -- tokens --env production --secrets FILE
  npm run rotate -- cdn --env production --secrets FILE         makes a key pair, and says how its public half joins the key group
  npm run rotate -- cdn --env production --secrets FILE --id ID then, when CloudFront knows it by that id

  --data FOLDER   this machine's, where it is not .engawa

tokens: what players' addresses are signed with. cdn: what CloudFront's are. content: what new assets are encrypted under.`;

const root = fileURLToPath(new URL('..', import.meta.url));
const File = v.looseObject({
  PLAYBACK_KEYS: v.optional(v.string()),
  CDN_KEYS: v.optional(v.string()),
  CONTENT_KEYS: v.optional(v.string()),
  /** A private key whose public half is on its way into the key group. */
  CDN_NEXT: v.optional(v.string()),
  rotatedAt: v.optional(v.record(v.string(), v.number()), {}),
});

/** `named`: as this was said on the command line, for what is to be typed next. */
type At = { env: string | undefined; path: string; data: string; named: string };
type Secrets = v.InferOutput<typeof File>;

async function secretsIn(path: string): Promise<Secrets> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null)
    throw new Sentence(`There is no ${path}: start the platform once, or name the file with --secrets.`);
  const { success, output } = v.safeParse(v.pipe(v.string(), v.parseJson(), File), text);
  if (!success) throw new Sentence(`${path} is not a JSON object of secrets.`);
  return output;
}

async function rotate(what: What, before: Secrets, at: At, said: string | undefined): Promise<void> {
  const now = Date.now();
  const { CDN_NEXT: next, ...secrets } = before;
  if (what === 'cdn' && at.env !== undefined && said === undefined) return introduce(before, at);
  if (what === 'cdn' && at.env !== undefined && next === undefined)
    throw new Sentence('No key was made for CloudFront yet: run this without --id first.');
  const id = said ?? idAt(now);
  const key = what === 'cdn' ? (next ?? cdnKey()) : symmetricKey();
  const after = rotated(what === 'cdn' ? secrets : before, what, id, key, now);
  await keep(what, after, at);
  console.log(
    `${rotations[what]}: ${id} ${what === 'content' ? 'encrypts what is new' : 'signs'} from now on.`,
  );
  if (what === 'content') console.log('The keys before it stay: assets made under them need them.');
  else
    for (const old of Object.keys(JSON.parse(after[rotations[what]]!) as object).slice(1))
      console.log(
        `Retire ${old} from ${new Date(retirableAt(after, what)).toISOString()} on: npm run rotate -- ${what} --retire ${old}${at.named}`,
      );
}

/** CloudFront names a public key itself, and has to know it before anything is signed with it. */
async function introduce(before: Secrets, at: At): Promise<void> {
  const key = before.CDN_NEXT ?? cdnKey();
  await writePrivately(at.path, `${JSON.stringify({ ...before, CDN_NEXT: key }, null, 2)}\n`);
  const pem = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  const config = { CallerReference: idAt(Date.now()), Name: `engawa-${idAt(Date.now())}`, EncodedKey: pem };
  console.log(`A key pair is made, its private half in ${at.path}. Now, with your AWS account:

1. aws cloudfront create-public-key --query PublicKey.Id --output text --public-key-config '${JSON.stringify(config)}'
2. Add that id to the key group, beside the one that is there:
   aws cloudfront get-key-group-config --id GROUP                 its items, and its ETag
   aws cloudfront update-key-group --id GROUP --if-match ETAG --key-group-config '{"Name":"…","Items":["ID","the one before"]}'
3. Wait until the distribution is deployed again, a quarter of an hour at most, then
   npm run rotate -- cdn --id ID${at.named}`);
}

async function retire(what: What, before: Secrets, at: At, id: string, leaked: boolean): Promise<void> {
  const inUse = what === 'content' ? await assetsUnder(id, at) : 0;
  const after = retired(before, what, id, { now: Date.now(), leaked, inUse });
  await keep(what, after, at);
  console.log(`${rotations[what]}: ${id} is not good any more.`);
  if (what === 'cdn' && at.env !== undefined)
    console.log(
      `Take it out of the key group (aws cloudfront update-key-group, as when the new one joined), then: aws cloudfront delete-public-key --id ${id} --if-match ETAG`,
    );
}

/** The file first: a secret that only Cloudflare has could never be rotated again. */
async function keep(what: What, after: Rotating, { env, path }: At): Promise<void> {
  await writePrivately(path, `${JSON.stringify(after, null, 2)}\n`);
  if (env === undefined) return;
  const name = rotations[what];
  await must(`Putting ${name}`, 'wrangler', ['secret', 'put', name, '--env', env], {
    cwd: root,
    input: after[name]!,
  });
}

const Counted = v.pipe(
  v.string(),
  v.transform((text) => text.slice(text.indexOf('['))),
  v.parseJson(),
  v.tuple([v.looseObject({ results: v.tuple([v.object({ n: v.number() })]) })]),
);
async function assetsUnder(id: string, { env, data }: At): Promise<number> {
  if (!/^[\w-]+$/.test(id)) throw new UsageError(`${id} is not the id of a key.`);
  const command = [
    'execute',
    'engawa',
    '--json',
    '--command',
    `SELECT count(*) AS n FROM assets WHERE key_id = '${id}'`,
  ];
  const answer =
    env === undefined
      ? await d1(command, { root, data })
      : await must('Asking D1', 'wrangler', ['d1', ...command, '--remote', '--env', env], { cwd: root });
  return v.parse(Counted, answer)[0].results[0].n;
}

await tell(async () => {
  const { values, positionals } = parsed(() =>
    parseArgs({
      allowPositionals: true,
      options: {
        retire: { type: 'string' },
        leaked: { type: 'boolean', default: false },
        env: { type: 'string' },
        secrets: { type: 'string' },
        id: { type: 'string' },
        data: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }),
  );
  if (values.help) return console.log(help);
  const [what = '', ...more] = positionals;
  if (!isWhat(what) || more.length > 0)
    throw new UsageError(`Say what: ${Object.keys(rotations).join(', ')}; --help says more.`);
  if (values.env !== undefined && values.secrets === undefined)
    throw new UsageError('--env needs --secrets FILE, the file in which you keep what the secrets hold.');
  const data = resolve(root, values.data ?? '.engawa');
  const named = (['env', 'secrets', 'data'] as const)
    .map((name) => (values[name] === undefined ? '' : ` --${name} ${values[name]}`))
    .join('');
  const at = {
    env: values.env,
    path: values.secrets ? resolve(values.secrets) : secretsPath(data),
    data,
    named,
  };
  const before = await secretsIn(at.path);
  if (values.retire === undefined) return rotate(what, before, at, values.id);
  return retire(what, before, at, values.retire, values.leaked);
});
