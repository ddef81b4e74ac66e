import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, it } from 'vitest';
import { roles, type Role } from '../schema/api/accounts.ts';
import { idPrefixes, type IdKind } from '../schema/ids.ts';
import { allowed } from './http/guards.ts';
import { call } from './testing/call.ts';
import { objects, type Made } from './testing/objects.ts';
import { badTokens, person, tampered, type Person } from './testing/people.ts';
import { addressOf, parametersOf, routeAt, routes, type Route } from './testing/routes.ts';
import { bearer } from './testing/sign-in.ts';

/*
 * Every route × every role × other people's objects × tokens that are not good. The rows come from the routes themselves, so that
 * one more route is one more row; where a row needs to be told something, the run fails until it is.
 */

const guardOf = (route: Route): Role | null => roles.find((role) => role === route.contract.guard) ?? null;
const ofAnybody = new Set(['anyone', 'viewer', 'task', 'playback']);
const named = (rows: readonly Route[]) => rows.map((route) => [route.key, route] as const);

describe('every route', () => {
  it.each(named(routes))('%s names its guard and its answers', (_, { contract }) => {
    expect(contract.guard, 'Put allow(…) first among the handlers of this route.').toBeDefined();
    expect(contract.summary, 'Say what it is for: returns(…).').toBeDefined();
    expect(Object.keys(contract.returns).length).toBeGreaterThan(0);
  });

  it.each(named(routes.filter((route) => parametersOf(route).length > 0)))(
    '%s says whose the objects in its address are',
    (key, { contract }) => {
      if (contract.guard === 'task' || !ofAnybody.has(contract.guard!)) return;
      expect(
        objects[key],
        `Say in edge/testing/objects.ts whose the object in "${key}" is: everybody's and why; an owner's, or in a token, and how one is made.`,
      ).toBeDefined();
    },
  );

  it('that is spoken of in edge/testing/objects.ts is there', () => {
    const keys = new Set(routes.map(({ key }) => key));
    expect(Object.keys(objects).filter((key) => !keys.has(key))).toEqual([]);
  });

  it.each(named(routes.filter(({ method, contract }) => contract.guard === 'anyone' && method !== 'GET')))(
    '%s, which anybody may send, is limited',
    (key, { contract }) => {
      // Its signature is its limit: Stripe sends as much as there is, and only what nobody signed is counted (webhook.test.ts).
      if (key === 'POST /api/webhooks/stripe') return;
      if (key === 'POST /api/auth/sign-out') return; // ends what one has; costs nothing without
      expect(contract.limits, 'Put limited(…) in front of it (edge/http/limits.ts).').toBeDefined();
    },
  );
});

/** An address of the route, with ids that are well-formed and of nothing. */
function wellFormed(route: Route): string {
  const parameters = parametersOf(route).map((name) => {
    const kinds = Object.keys(idPrefixes) as IdKind[];
    const kind = kinds.find((k) => route.path.includes(`/${k}s/:${name}`));
    return [name, kind ? `${idPrefixes[kind]}_00000000` : '1'] as const;
  });
  return addressOf(route, Object.fromEntries(parameters));
}

const guarded = routes.filter((route) => guardOf(route) !== null);
describe('who may do what', () => {
  let bad: [string, string][];
  beforeAll(async () => {
    bad = Object.entries(await badTokens(await person('bad-tokens')));
  });

  it('is said of more than a handful of routes', () => expect(guarded.length).toBeGreaterThan(30));

  it.each(named(guarded))('%s', async (_, route) => {
    const [guard, path] = [guardOf(route)!, wellFormed(route)];
    const anonymous = await call(route.method, path);
    expect(anonymous.status).toBe(401);
    expect(await anonymous.json()).toMatchObject({ code: 'not-signed-in' });
    for (const [what, token] of bad) {
      const refused = await call(route.method, path, { token });
      expect(await refused.json(), `token: ${what}`).toMatchObject({ code: 'invalid-token', status: 401 });
      const inCookie = { headers: { cookie: `__Host-engawa=${token}; __Host-engawa-session=${token}` } };
      expect((await call(route.method, path, inCookie)).status, `${what}, as a cookie`).toBe(401);
    }
    const refused = new Map<Role, unknown>();
    for (const role of roles) {
      const answer = await call(route.method, path, { token: await bearer(role) });
      if (answer.status === 403) refused.set(role, await answer.json());
    }
    // Whatever the address and the body hold: the guard comes first.
    for (const role of roles.filter((one) => !allowed[guard].includes(one)))
      expect(refused.get(role)).toMatchObject({ code: 'not-allowed' });
    for (const role of allowed[guard])
      expect(refused.get(role) ?? {}).not.toMatchObject({ code: 'not-allowed' });
  });
});

describe('what is one person’s', () => {
  let [owner, strangers]: [Person, Person[]] = [null!, []];
  beforeAll(async () => {
    owner = await person('Hanako-the-owner');
    strangers = await Promise.all(roles.map((role) => person(`a-stranger-${role}`, role)));
  });
  const asked = (who: Person | null, { method, path }: Route, { parameters, json }: Made) => {
    const address = addressOf({ path }, parameters);
    const init = {
      ...(json === undefined ? {} : { json }),
      cf: { country: 'JP' } as RequestInitCfProperties,
    };
    return who ? who.ask(method, address, init) : call(method, address, init);
  };
  const owned = routes.filter(({ key }) => objects[key]?.whose === 'owner');
  it('is said of more than a handful of routes', () => expect(owned.length).toBeGreaterThan(4));

  it.each(named(owned))('%s', async (key, route) => {
    const how = objects[key]!;
    if (how.whose !== 'owner') throw new Error('filtered above');
    const made = await how.make(owner);
    expect((await asked(null, route, made)).status).toBe(401);
    for (const stranger of strangers) {
      const answer = await asked(stranger, route, made);
      const body = await answer.text();
      const refused = answer.status === 403 || answer.status === 404;
      const withoutEffect = refused || ((await how.untouched?.(owner, made)) ?? false);
      expect(withoutEffect, `${stranger.role} got ${answer.status} ${body}`).toBe(true);
      expect(body).not.toContain('Hanako-the-owner');
      expect(body).not.toContain(owner.userId);
    }
    // It was there all the time, and nobody has changed it away.
    const own = await asked(owner, route, made);
    expect(own.status, `its owner got ${await own.clone().text()}`).toBeLessThan(300);
    expect((await how.untouched?.(owner, made)) ?? false, 'what its owner did is done').toBe(false);
  });

  const mine = routes.filter(
    (route) =>
      route.contract.guard === 'viewer' && route.method === 'GET' && parametersOf(route).length === 0,
  );
  it.each(named(mine))('%s tells a stranger nothing of it', async (_, route) => {
    for (const stranger of strangers) {
      const body = await (await asked(stranger, route, { parameters: {} })).text();
      expect(body).not.toContain('Hanako-the-owner');
      expect(body).not.toContain(owner.userId);
    }
  });
});

describe('a token in an address', () => {
  const inAddress = routes.filter(({ key }) => objects[key]?.whose === 'token');
  it.each(named(inAddress))('%s cannot be changed', async (key, route) => {
    const how = objects[key]!;
    if (how.whose !== 'token') throw new Error('filtered above');
    const owner = await person(`token-${routes.indexOf(route)}`);
    const { parameters } = await how.make(owner);
    const name = parametersOf(route)[0]!;
    const at = (token: string) => addressOf(route, { ...parameters, [name]: encodeURIComponent(token) });
    const ask = (token: string) => call(route.method, at(token));
    for (const [what, token] of Object.entries(tampered(parameters[name]!))) {
      // What does not even look like one, or is `..`, is an address of nothing.
      const isHere = token !== '..' && routeAt(route.method, at(token)) === route;
      // Beside the pages of the site, which take nothing but GET, even that is said.
      const elsewhere = route.method === 'GET' ? [404] : [404, 405];
      expect(isHere ? [401] : elsewhere, `token: ${what}`).toContain((await ask(token)).status);
    }
    for (const [what, token] of Object.entries(await badTokens(owner)))
      expect((await ask(token)).status, `an access token, ${what}`).toBeGreaterThanOrEqual(401);
    expect((await ask(owner.token)).status, 'a good access token').toBe(401);
    const good = await ask(parameters[name]!);
    expect(good.status).toBe(how.status);
  });
});

describe('what only a transcoder may say', () => {
  const ofTasks = routes.filter(({ contract }) => contract.guard === 'task');
  it('is said of some routes', () => expect(ofTasks.length).toBeGreaterThan(0));
  it.each(named(ofTasks))('%s', async (_, route) => {
    const path = addressOf(route, { id: 'tsk_00000000' });
    const tokens = [
      undefined,
      await bearer('admin'),
      '1.'.padEnd(45, 'A'),
      env.TRANSCODER_SECRET,
      env.AUTH_SECRET,
    ];
    for (const token of tokens) {
      const answer = await call(route.method, path, { ...(token ? { token } : {}), json: { progress: 0 } });
      expect([400, 401]).toContain(answer.status);
    }
  });
});
