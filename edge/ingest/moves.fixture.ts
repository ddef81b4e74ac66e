import { env } from 'cloudflare:workers';
import { expect } from 'vitest';
import { jobMoves, taskMoves } from '../../schema/jobs/state.ts';

/** From here on D1 itself writes down every move of a job and of a task. */
export async function watchMoves(): Promise<void> {
  const watch = (table: string) =>
    env.DB.prepare(
      `create trigger watch_${table} after update of state on ${table} when old.state <> new.state
       begin insert or ignore into moves values ('${table}: ' || old.state || ' → ' || new.state); end`,
    );
  await env.DB.batch([
    env.DB.prepare('create table moves (move text primary key)'),
    watch('jobs'),
    watch('tasks'),
  ]);
}

/** Nothing moved in a way that schema/jobs/state.ts does not know. */
export async function onlyLegalMoves(): Promise<void> {
  const named = (table: string, moves: Record<string, readonly string[]>) =>
    Object.entries(moves).flatMap(([from, all]) => all.map((to) => `${table}: ${from} → ${to}`));
  const legal = new Set([...named('jobs', jobMoves), ...named('tasks', taskMoves)]);
  const { results } = await env.DB.prepare('select move from moves').all<{ move: string }>();
  expect(results.length).toBeGreaterThan(0);
  expect(results.map(({ move }) => move).filter((move) => !legal.has(move))).toEqual([]);
}
