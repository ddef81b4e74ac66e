import { DrizzleQueryError } from 'drizzle-orm/errors';
import { afterEach, expect, it, vi } from 'vitest';
import { complain } from './log.ts';

afterEach(() => {
  vi.restoreAllMocks();
});
const logged = (facts: Record<string, unknown>): string => {
  const line = vi.spyOn(console, 'error').mockReturnValue();
  complain(facts);
  expect(line).toHaveBeenCalledOnce();
  return String(line.mock.calls[0]![0]);
};

it.each([
  ['a mail address', 'no mailbox mio.akiyama+anime@mail.example.co.jp'],
  ['one in an address', 'GET /api/admin/users?email=mio%40example.com'],
  ['an access token', 'Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c3JfMSJ9.c2lnbmF0dXJl'],
  ['any bearer', 'authorization: Bearer 1.secretsecretsecret'],
  ['a playback token', '/hls/eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.abc-_/master.m3u8'],
  ['an address of a calendar', '/calendar/prf_0mio.12-JP.abc-_fghijklmnopqrstuv.ics'],
  [
    'an address of early watching',
    '/hls/early/job_0mio.1790000000.abc-_fghijklmnopqrstuvwxyz0123456789ABCDEFG/key/0',
  ],
  [
    'a presigned address',
    'PUT https://s3.example/b/k?X-Amz-Credential=AKIA%2Fx&X-Amz-Signature=00ff&partNumber=1',
  ],
  ['a signed address of the CDN', 'https://cdn.example/a.m4s?Policy=eyJ_&Signature=AbC~&Key-Pair-Id=K1'],
])('writes no %s', (_, text) => {
  const line = logged({ event: 'tried', error: new TypeError(`failed: ${text}`), nested: { text } });
  expect(line).not.toMatch(/mio|secret|c2ln|abc-_|AKIA|00ff|AbC~|eyJ/);
  expect(JSON.parse(line)).toMatchObject({ event: 'tried' });
});

it('says what is wrong with a query, and nothing of what was asked for', () => {
  const cause = new Error('D1_ERROR: no such column: nam');
  const error = new DrizzleQueryError('select nam from users where email = ?', ['mio@example.com'], cause);
  const line = logged({ error });
  expect(line).toContain('no such column: nam in select nam from users where email = ?');
  expect(line).not.toContain('mio');
});

it('keeps the stack, which says where', () => {
  expect(logged({ error: new Error('lost') })).toContain('log.test.ts');
});
