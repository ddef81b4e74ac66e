import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parsed, UsageError } from './arguments.ts';
import { originOf, tell } from './command.ts';
import { isPerson, people } from './people.ts';
import { bearer } from './session.ts';

// `npm run -s token -- editor`: a bearer token of a local demo user, alone on its line, for curl and players.
const help = `Prints a bearer token of a local demo user.

  npm run -s token -- viewer|editor|admin [--origin URL]`;

await tell(async () => {
  const { values, positionals } = parsed(() =>
    parseArgs({
      allowPositionals: true,
      options: { origin: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    }),
  );
  if (values.help) return console.log(help);
  const [role = '', ...more] = positionals;
  if (!isPerson(role) || more.length)
    throw new UsageError('Say whose token: npm run -s token -- viewer, editor or admin.');
  const root = fileURLToPath(new URL('../..', import.meta.url));
  return console.log((await bearer(originOf(root, values.origin), people[role])).token);
});
