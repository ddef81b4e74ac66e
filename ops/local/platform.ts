import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { StartOptions } from './arguments.ts';
import { startCdn } from './cdn.ts';
import { startCron } from './cron.ts';
import { enoughSpace, gigabytes } from './disk.ts';
import { findFfmpeg } from './ffmpeg.ts';
import { lock } from './lock.ts';
import { sameMigrations } from './migrated.ts';
import { ensurePeople } from './people.ts';
import { portsFrom, takenPort } from './ports.ts';
import { makeReporter } from './problems.ts';
import { readyText } from './ready.ts';
import { makeScreen, type Progress } from './screen.ts';
import { localSecrets, trustedBy, watchSecrets } from './secrets.ts';
import { Sentence } from './sentence.ts';
import { startStore } from './store/server.ts';
import { startStripe } from '../stripe/server.ts';
import { paymentsOf, stayWith, WEBHOOK_PATH } from './stripe.ts';
import { startTranscoder } from './transcoder.ts';
import { buildWeb } from './web.ts';
import { d1, startWorker } from './worker.ts';
import { startWorld } from './world.ts';

const BUCKET = 'engawa-media';

/** The whole platform, in order; leaving it, by a signal or a part's end, stops everything in the opposite order. */
export async function platform(
  root: string,
  { port, data, reset, demo, transcoders, delivery, cookies }: StartOptions,
  signal: AbortSignal,
): Promise<void> {
  const screen = makeScreen(process.stdout, () => performance.now());
  const onProblem = makeReporter(screen.problem, Date.now);
  const ports = portsFrom(port, transcoders);
  const ends: Promise<string>[] = [];
  await using parts = new AsyncDisposableStack();

  mkdirSync(data, { recursive: true });
  const part = <T>(name: string, start: (progress: Progress) => Promise<{ note: string; value: T }>) =>
    screen.part(name, (progress) => Promise.race([start(progress), refusing(signal)]));
  const held = lock(data, `http://localhost:${port}`);
  parts.defer(() => held.release());
  const taken = await takenPort(ports);
  if (taken !== null)
    throw new Sentence(
      `Port ${taken} is in use by another program: stop it, or choose other ports with --port (${4 + transcoders} in a row are used).`,
    );
  if (reset) empty(data);
  const secrets = await localSecrets(data);
  const payments = paymentsOf(process.env, secrets, ports);
  stayWith(data, payments);
  screen.say(`\nEngawa on this machine, data in ${relative(process.cwd(), data) || '.'}\n`);

  await part('Disk', async () => ({ note: `${gigabytes(await enoughSpace(data))} free`, value: undefined }));
  await part('FFmpeg', async (progress) => ({
    note: `version ${await findFfmpeg(progress, signal)}`,
    value: undefined,
  }));
  await part('Web', async (progress) => {
    progress('building');
    return {
      note: (await buildWeb(root, signal)) === 'built' ? 'built' : 'built before, sources unchanged',
      value: undefined,
    };
  });
  let trusted = trustedBy(secrets);
  const keys = { accessKeyId: secrets.S3_ACCESS_KEY_ID, secretAccessKey: secrets.S3_SECRET_ACCESS_KEY };

  await part('Store', async () => {
    const store = await startStore({ port: ports.store, folder: join(data, 'store'), bucket: BUCKET, keys });
    parts.defer(() => store.stop());
    return { note: `S3-compatible, on port ${ports.store}`, value: undefined };
  });
  await part('CDN', async () => {
    const cdn = await startCdn({
      port: ports.cdn,
      storeEndpoint: `http://localhost:${ports.store}`,
      bucket: BUCKET,
      keys,
      trusted: () => trusted,
      ...(cookies ? { cookiesFrom: `http://localhost:${ports.site}` } : {}),
    });
    parts.defer(() => cdn.stop());
    return { note: `verifies CloudFront signatures, on port ${ports.cdn}`, value: undefined };
  });
  await part('Database', async (progress) => {
    progress('applying migrations');
    const noteApplied = await sameMigrations(join(root, 'schema/db/migrations'), data);
    await d1(['migrations', 'apply', 'engawa'], { root, data, signal });
    await noteApplied();
    return { note: 'D1, migrations applied', value: undefined };
  });
  await part('Stripe', async () => {
    if (payments.real) return { note: 'Stripe itself, in test mode (STRIPE_SECRET_KEY)', value: undefined };
    const stripe = await startStripe({
      port: ports.stripe,
      file: join(data, 'stripe.json'),
      key: secrets.STRIPE_SECRET_KEY,
      webhook: {
        url: `http://localhost:${ports.site}${WEBHOOK_PATH}`,
        secret: secrets.STRIPE_WEBHOOK_SECRET,
      },
    });
    parts.defer(() => stripe.stop());
    return { note: `a local double; its console is on port ${ports.stripe}`, value: undefined };
  });
  const origin = await part('Worker', async (progress) => {
    progress('bundling and starting workerd');
    const worker = await startWorker({
      root,
      data,
      ports,
      bucket: BUCKET,
      secrets,
      delivery,
      cookies,
      payments,
      onProblem,
    });
    parts.defer(() => worker.stop());
    const watch = watchSecrets(data, async (changed) => {
      // The CDN first: it has to trust what the Worker signs with.
      trusted = trustedBy(changed);
      await worker.tell(changed);
    });
    parts.defer(watch);
    ends.push(worker.died);
    if (!(await worker.ready()))
      throw new Sentence(`The Worker did not come up; its words are in ${worker.log}.`);
    const cron = startCron(worker.origin);
    parts.defer(() => cron.stop());
    return { note: `API and pages, on port ${ports.site}; cron, queue`, value: worker.origin };
  });
  await part('Transcoder', async () => {
    const start = async (number: number) => {
      const options = { root, data, ports, number, bucket: BUCKET, secrets, onProblem };
      const transcoder = await startTranscoder(options);
      parts.defer(() => transcoder.stop());
      ends.push(transcoder.died);
      if (!(await transcoder.ready()))
        throw new Sentence(`The transcoder did not come up; its words are in ${transcoder.log}.`);
    };
    await Promise.all(ports.transcoders.map((_, number) => start(number)));
    const [first, ...more] = ports.transcoders;
    const note = more.length > 0 ? `${transcoders}, on ports ${first} to ${more.at(-1)}` : `on port ${first}`;
    return { note, value: undefined };
  });
  await part('People', async () => {
    const made = await ensurePeople(origin, (sql) =>
      d1(['execute', 'engawa', '--yes', '--command', sql], { root, data, signal }),
    );
    return { note: made ? 'viewer, editor and admin made' : 'viewer, editor, admin', value: undefined };
  });
  const encoding =
    demo &&
    (await part('Demo world', async (progress) => {
      const world = startWorld({ root, data, origin, onProgress: progress, onProblem });
      parts.defer(() => world.stop());
      const { titles, encoding } = await world.catalogue;
      return { note: titles ? `${titles} titles` : 'left out: there are titles already', value: encoding };
    }));

  screen.say(readyText(origin, encoding));
  const end = await Promise.race([...ends, untilAborted(signal)]);
  if (end) throw new Sentence(end);
}

const untilAborted = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) =>
    signal.aborted ? resolve(null) : signal.addEventListener('abort', () => resolve(null), { once: true }),
  );

/** Rejects as soon as somebody asks to stop, so that no part has to be waited for. */
const refusing = (signal: AbortSignal): Promise<never> =>
  untilAborted(signal).then(() => signal.throwIfAborted() as never);

/** Everything but the lock that is held on it. */
function empty(data: string): void {
  for (const name of readdirSync(data))
    if (!/^(lock\.sqlite|running\.json)/.test(name)) rmSync(join(data, name), { recursive: true });
}
