import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { people } from '../ops/local/people.ts';
import { system } from './system.ts';

const { origin, ports } = system;
/** The two origins that a viewer's browser has to do with. */
export const origins = {
  site: origin,
  cdn: `http://localhost:${ports.cdn}`,
  store: `http://localhost:${ports.store}`,
};

/** One Chromium for the tests of a file. */
export function useBrowser(): () => Browser {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: system.chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--autoplay-policy=no-user-gesture-required',
      ],
    });
  });
  afterAll(() => browser.close());
  return () => browser;
}

export type Visit = {
  page: Page;
  context: BrowserContext;
  /** Every address that was asked for. */
  requests: URL[];
  /** What a developer would see in red: errors of the console and of scripts, refusals by the content security policy. */
  complaints: string[];
  /** Nothing in red since it was last asked, and nobody asked but the site, the CDN and `also`. */
  expectClean: (...also: string[]) => void;
};
type VisitOptions = BrowserContextOptions & {
  as?: keyof typeof people;
  /** Answers that the journey provokes; Chromium writes each in red. */
  refusals?: number[];
};

/**
 * Chromium calls it an unhandled rejection when a transition between two pages is left out, though nothing is wrong and
 * no script of the page took part (w3c/csswg-drafts#13726).
 */
const SKIPPED = /^(InvalidState|Abort)Error: Transition was /;

export const phone = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
} satisfies BrowserContextOptions;

/** Somebody with a browser of their own: a fresh profile, watched. */
export async function visit(
  browser: Browser,
  { as, refusals = [], ...options }: VisitOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ baseURL: origin, locale: 'en-GB', ...options });
  const requests: URL[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => requests.push(new URL(request.url())));
  context.on('weberror', (error) => {
    const what = described(error.error());
    if (!what.match(SKIPPED)) complaints.push(what);
  });
  context.on('console', (message) => {
    const expected = refusals.some((status) => message.text().includes(`status of ${status} `));
    if (message.type() === 'error' && !expected)
      complaints.push(`${message.text()} (${message.location().url})`);
  });
  await context.exposeBinding('reportViolation', (_, text: string) => complaints.push(text));
  await context.addInitScript(() =>
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      (globalThis as unknown as { reportViolation(text: string): void }).reportViolation(
        `${violatedDirective} forbids ${blockedURI}`,
      ),
    ),
  );
  if (as) {
    const { email, password } = people[as];
    const answer = await context.request.post('/api/auth/sign-in', { data: { email, password } });
    if (!answer.ok()) throw new Error(`${as} could not sign in: ${answer.status()} ${await answer.text()}`);
  }
  return {
    page: await context.newPage(),
    context,
    requests,
    complaints,
    expectClean(...also) {
      expect(complaints.splice(0)).toEqual([]);
      const known = new Set([origins.site, origins.cdn, ...also]);
      const web = requests.filter(({ protocol }) => protocol.startsWith('http'));
      expect(web.map(({ origin }) => origin).filter((asked) => !known.has(asked))).toEqual([]);
    },
  };
}

/** A rejection may be with anything, a DOMException without a stack among them. */
const described = ({ name, message, stack }: Error): string => `${name}: ${message} ${stack ?? ''}`;
