import { describe, expect, it } from 'vitest';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';

const person = (email: string) => ({ name: 'Mio', email, password: 'correct horse battery' });
const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0]!)
    .join('; ');
const only = (cookies: string, name: string) =>
  cookies
    .split('; ')
    .filter((c) => c.startsWith(`${name}=`))
    .join('; ');

describe('sign-up and sign-in', () => {
  it('signs up, is known by the cookies, signs out, signs in again', async () => {
    const up = await call('POST', '/api/auth/sign-up', { json: person('mio@engawa.test') });
    expect(up.status).toBe(201);
    expect(await up.json()).toMatchObject({ email: 'mio@engawa.test', role: 'viewer', name: 'Mio' });
    const lines = up.headers.getSetCookie();
    expect(lines).toHaveLength(2);
    for (const line of lines)
      expect(line).toMatch(
        /^__Host-engawa(-session)?=[^;]+;(?=.*Path=\/)(?=.*HttpOnly)(?=.*SameSite=Lax)(?=.*Secure)/i,
      );
    expect(lines.join()).not.toMatch(/domain=/i);

    const cookie = cookiesOf(up);
    expect((await call('GET', '/api/me', { headers: { cookie } })).status).toBe(200);
    const out = await call('POST', '/api/auth/sign-out', { headers: { cookie } });
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie().every((line) => /max-age=0/i.test(line))).toBe(true);
    const session = only(cookie, '__Host-engawa-session');
    expect((await call('GET', '/api/me', { headers: { cookie: session } })).status).toBe(401);

    const { email, password } = person('MIO@engawa.test');
    expect((await call('POST', '/api/auth/sign-in', { json: { email, password } })).status).toBe(200);
  });
  it('knows a bearer', async () => {
    const t = await bearer('editor');
    const me = await call('GET', '/api/me', { token: t });
    expect(await me.json()).toMatchObject({ role: 'editor' });
  });
});
