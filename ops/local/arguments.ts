import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export type StartOptions = {
  port: number;
  /** Where everything is kept; `--reset` empties it. */
  data: string;
  reset: boolean;
  demo: boolean;
  /** Who serves segments. */
  delivery: Delivery;
  /** The CDN's files are opened by cookies, where the player keeps them. */
  cookies: boolean;
  /** How many share the work. */
  transcoders: number;
  help: boolean;
};
export const deliveries = ['cloudfront', 'edge'] as const;
export type Delivery = (typeof deliveries)[number];
export const DEFAULT_PORT = 8787;

export const startHelp = `Runs the whole platform on this machine; no account needed.

  npm start                   on http://localhost:${DEFAULT_PORT}
  npm start -- --port 9000    on five ports from 9000 on: site, CDN, store, Stripe, transcoder
  npm start -- --reset        forgets everything first: accounts, titles, videos, keys
  npm start -- --no-demo      leaves an empty system empty
  npm start -- --transcoders 2 shares the encoding between two transcoders, on one port more
  npm start -- --delivery edge serves segments by the Worker itself; cloudfront, by the local CDN, is the default
  npm start -- --cookies      opens the CDN's files by cookies instead of signed addresses
  npm start -- --data FOLDER  keeps everything in FOLDER instead of .engawa

With STRIPE_SECRET_KEY=sk_test_… and STRIPE_WEBHOOK_SECRET in the environment it talks to Stripe instead of the local one (docs/stripe.md).
Ctrl-C stops everything; what is encoding goes on with the next start.`;

/** A sentence for whoever typed the command. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** @throws UsageError */
export function startOptions(args: string[], root: string): StartOptions {
  const { values } = parsed(() =>
    parseArgs({
      args,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        reset: { type: 'boolean', default: false },
        demo: { type: 'boolean', default: true },
        transcoders: { type: 'string' },
        delivery: { type: 'string', default: 'cloudfront' },
        cookies: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
      allowNegative: true,
    }),
  );
  const transcoders = transcodersOf(values.transcoders);
  const delivery = deliveries.find((one) => one === values.delivery);
  if (!delivery)
    throw new UsageError(`--delivery takes ${deliveries.join(' or ')}, not “${values.delivery}”.`);
  if (values.cookies && delivery === 'edge')
    throw new UsageError('--cookies are for a CDN: leave them out, or take --delivery cloudfront.');
  return {
    port: portOf(values.port, transcoders),
    data: resolve(root, values.data ?? '.engawa'),
    reset: values.reset,
    demo: values.demo,
    delivery,
    cookies: values.cookies,
    transcoders,
    help: values.help,
  };
}

function portOf(text: string | undefined, transcoders: number): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  // Five ports in a row are used, one more for each further transcoder; those under 1024 belong to root.
  const last = 65_532 - transcoders;
  if (port < 1024 || port > last)
    throw new UsageError(`--port takes a number from 1024 to ${last}, not “${text}”.`);
  return port;
}

const MAX_TRANSCODERS = 16;
function transcodersOf(text: string | undefined): number {
  if (text === undefined) return 1;
  const count = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > MAX_TRANSCODERS)
    throw new UsageError(`--transcoders takes a number from 1 to ${MAX_TRANSCODERS}, not “${text}”.`);
  return count;
}

/** Runs parseArgs, whose complaints are about its own rules, and says the same in one sentence. */
export function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const option = /'(-[^' ]*)/.exec(message)?.[1] ?? /'([^']*)'/.exec(message)?.[1] ?? '';
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')
      throw new UsageError(`There is no option ${option}; --help lists them.`);
    if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
      throw new UsageError(`“${option}” is not expected here; --help says what is.`);
    if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE')
      throw new UsageError(
        `${option} ${message.includes('does not take') ? 'takes no value' : 'needs a value'}; see --help.`,
      );
    throw error;
  }
}
