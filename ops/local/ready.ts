import { people } from './people.ts';

/** The last words of a start; after them only problems are printed. */
export function readyText(origin: string, encoding: boolean): string {
  const who = Object.entries(people).map(
    ([role, { email, password }]) => `    ${role.padEnd(7)} ${email.padEnd(20)} ${password}`,
  );
  return [
    '',
    '  Sign in as',
    ...who,
    '',
    ...(encoding
      ? [`  The demo's episodes are still being encoded; see ${origin}/admin/jobs (as editor).`, '']
      : []),
    '  Your own video:  npm run ingest -- FILE --title "…"',
    '  Stop everything: Ctrl-C',
    '',
    `Ready  ${origin}`,
  ].join('\n');
}
