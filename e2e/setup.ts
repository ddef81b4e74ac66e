import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { chromium } from '../ops/check/browser.ts';
import { launch } from '../ops/local/launch.ts';
import { takenPort, type Ports } from '../ops/local/ports.ts';
import { d1 } from '../ops/local/worker.ts';
import { makeFilm } from './films.ts';
import { descendants, line, survivors } from './processes.ts';

/** What every journey stands on. */
export type System = {
  origin: string;
  ports: Ports;
  data: string;
  pid: number;
  film: string;
  chromium: string;
};
declare module 'vitest' {
  interface ProvidedContext {
    system: System;
  }
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** One platform and one film for all journeys. At the end nothing of it may be left: that is a journey too. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const browser = await chromium();
  if (!browser) throw new Error('The journeys need Chromium on PATH, or CHROMIUM=/path/to/it.');
  const films = await mkdtemp(join(tmpdir(), 'engawa-films-'));
  const made = makeFilm(films);
  made.catch(() => undefined); // told below
  // The fastest encoder there is: what is measured here is the way of a film, not its looks.
  const platform = await launch({ env: { PRESET: 'ultrafast' } });
  const { origin, ports, data, pid } = platform;
  // Journeys leave pages behind without a goodbye, whose streams live on for minutes.
  const roomy = `UPDATE plans SET streams = 200 WHERE id = 'household'`;
  await d1(['execute', 'engawa', '--yes', '--command', roomy], { root, data });
  async function leave() {
    const left = await descendants(pid);
    await platform.stop();
    await rm(films, { recursive: true, force: true });
    const alive = await survivors(left, 5_000);
    if (alive.length > 0) throw new Error(`the platform left processes:\n${alive.map(line).join('\n')}`);
    const taken = await takenPort(ports);
    if (taken !== null) throw new Error(`the platform has ended and still holds port ${taken}`);
  }
  try {
    project.provide('system', { origin, ports, data, pid, film: await made, chromium: browser });
  } catch (error) {
    await leave();
    throw error;
  }
  return leave;
}
