import { expect, it } from 'vitest';
import { call } from '../testing/call.ts';

it('says whom to tell of a weakness, and until when that holds', async () => {
  const answer = await call('GET', '/.well-known/security.txt');
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; ?charset=utf-8$/i); // RFC 9116 §3: MUST
  const fields = Object.fromEntries(
    (await answer.text())
      .trim()
      .split('\n')
      .map((line) => line.split(/: (.*)/)),
  ) as Record<string, string>;
  expect(fields['Contact']).toBe('mailto:security@engawa.test');
  expect(fields['Canonical']).toBe('https://engawa.test/.well-known/security.txt');
  const days = (Date.parse(fields['Expires']!) - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(170);
  expect(days).toBeLessThan(365);
});
