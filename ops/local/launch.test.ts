import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePorts, launch, type Launched } from './launch.ts';
import { takenPort } from './ports.ts';
import { run } from './run.ts';

// The real launcher with all its parts, as `npm start` runs it.
const here = fileURLToPath(new URL('.', import.meta.url));
const command = (file: string, ...args: string[]) =>
  run(process.execPath, [join(here, file), ...args], { env: { ...process.env, NO_COLOR: '1' } });
/** Processes that mention a text in their command line, from Linux's own list. */
async function processesWith(text: string): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (line.includes(text)) found.push(`${pid} ${line.replaceAll('\0', ' ')}`);
  }
  return found;
}

let data: string;
let platform: Launched;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'engawa-launch-'));
  platform = await launch({ data });
});
afterAll(async () => {
  await platform.stop();
  await rm(data, { recursive: true });
});

test('it says what came up, part by part, and where to go', () => {
  const said = platform.output();
  for (const part of [
    'FFmpeg',
    'Web',
    'Store',
    'CDN',
    'Database',
    'Stripe',
    'Worker',
    'Transcoder',
    'People',
  ])
    expect(said).toMatch(new RegExp(`✓ ${part} .* s$`, 'm'));
  expect(said.trimEnd().split('\n').at(-1)).toBe(`Ready  ${platform.origin}`);
  expect(said).toContain('editor@engawa.test');
});

test('everything answers, and nobody else can read the secrets', async () => {
  expect(await (await fetch(`${platform.origin}/api/health`)).json()).toEqual({ ok: true });
  expect((await fetch(platform.origin)).headers.get('content-type')).toContain('text/html');
  expect((await fetch(`http://localhost:${platform.ports.cdn}/hls/x`)).status).toBe(403);
  expect((await fetch(`http://localhost:${platform.ports.store}/engawa-media/x`)).status).toBe(403);
  expect((await fetch(`http://localhost:${platform.ports.transcoders[0]}/health`)).status).toBe(200);
  const console = await fetch(`http://localhost:${platform.ports.stripe}/`);
  expect(await console.text()).toContain('Local stand-in for Stripe');
  for (const name of ['secrets.json', 'worker.env', 'stripe.json'])
    expect((await stat(join(data, name))).mode & 0o777).toBe(0o600);
  const { AUTH_SECRET } = JSON.parse(await readFile(join(data, 'secrets.json'), 'utf8'));
  expect(platform.output() + (await readFile(join(data, 'worker.log'), 'utf8'))).not.toContain(AUTH_SECRET);
});

test.each(['viewer', 'editor', 'admin'])('the token of the %s is one line and theirs', async (role) => {
  const { code, output } = await command('token.ts', role, '--origin', platform.origin);
  expect({ code, lines: output.trimEnd().split('\n').length }).toEqual({ code: 0, lines: 1 });
  const me = await fetch(`${platform.origin}/api/me`, {
    headers: { authorization: `Bearer ${output.trim()}` },
  });
  expect(await me.json()).toMatchObject({ role, email: `${role}@engawa.test` });
});

test('a second start on the same data is refused in one sentence', async () => {
  const { code, output } = await command('start.ts', '--port', '39000', '--data', data, '--no-demo');
  expect(code).toBe(1);
  expect(output.trim()).toBe(
    `Engawa is already running on ${data} at ${platform.origin} (process ${platform.pid}); stop it first, or give another folder with --data.`,
  );
});

test('a port in use is named', async () => {
  const other = await mkdtemp(join(tmpdir(), 'engawa-other-'));
  const { code, output } = await command(
    'start.ts',
    '--port',
    String(platform.ports.site - 1),
    '--data',
    other,
  );
  expect(code).toBe(1);
  expect(output.trim().split('\n')).toHaveLength(1);
  expect(output).toContain(`Port ${platform.ports.site} is in use`);
  await rm(other, { recursive: true });
});

test('a wrong file is one sentence and exit 2; a platform that is away, one sentence and exit 1', async () => {
  const missing = await command('ingest.ts', '/nowhere.mkv', '--title', 'x', '--origin', platform.origin);
  expect(missing).toEqual({ code: 2, output: 'There is no file /nowhere.mkv.\n' });
  const folder = await command('ingest.ts', data, '--title', 'x', '--origin', platform.origin);
  expect(folder).toEqual({ code: 2, output: `${data} is a folder; name one video file.\n` });
  const away = createServer();
  const port = await new Promise<number>((resolve) =>
    away.listen(0, '127.0.0.1', () => resolve((away.address() as { port: number }).port)),
  );
  away.close();
  const nobody = await command('token.ts', 'viewer', '--origin', `http://127.0.0.1:${port}`);
  expect(nobody.code).toBe(1);
  expect(nobody.output).toMatch(/^The platform does not answer \(ECONNREFUSED\): .*\n$/);
});

test('killed, it takes everything with it; started again, it remembers; interrupted, it leaves nothing', async () => {
  const { AUTH_SECRET } = JSON.parse(await readFile(join(data, 'secrets.json'), 'utf8'));
  process.kill(platform.pid, 'SIGKILL');
  await platform.ended;
  const gone = async () =>
    (await takenPort(platform.ports)) === null && (await processesWith(data)).length === 0;
  for (let i = 0; i < 100 && !(await gone()); i++) await sleep(100);
  expect(await processesWith(data)).toEqual([]);

  platform = await launch({ data });
  expect(JSON.parse(await readFile(join(data, 'secrets.json'), 'utf8'))).toMatchObject({ AUTH_SECRET });
  expect(platform.output()).toContain('viewer, editor, admin');
  const since = performance.now();
  // One press reaches the launcher several times: from the terminal, from npm, from the runner.
  for (let i = 0; i < 3; i++) process.kill(platform.pid, 'SIGINT');
  expect(await platform.ended).toBe(0);
  expect(performance.now() - since).toBeLessThan(8_000);
  expect(await processesWith(data)).toEqual([]);
  expect(await takenPort(platform.ports)).toBeNull();
  expect(platform.output().trimEnd().split('\n').at(-1)).toMatch(/^Ready/);
});

test('interrupted while it starts, it leaves nothing either', async () => {
  const fresh = await mkdtemp(join(tmpdir(), 'engawa-fresh-'));
  const child = spawn(process.execPath, [
    join(here, 'start.ts'),
    '--port',
    String(await freePorts()),
    '--data',
    fresh,
    '--no-demo',
  ]);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  for await (const chunk of child.stdout) if (String(chunk).includes('Database')) break;
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  for (let i = 0; i < 50 && (await processesWith(fresh)).length > 0; i++) await sleep(100);
  expect(await processesWith(fresh)).toEqual([]);
  await rm(fresh, { recursive: true });
});
