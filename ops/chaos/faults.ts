import { setTimeout as sleep } from 'node:timers/promises';
import { LEASE_MS, type TaskKind } from '../../schema/jobs/state.ts';
import type { Transcoder } from './transcoders.ts';
import type { World } from './world.ts';

/** One thing that goes wrong. Resolves when the world has got what it needs to mend itself: never by hand. */
export type Fault = (world: World) => Promise<void>;

/** Killed while it works, and started anew as its platform would. What it held runs out with its lease. */
async function die(world: World, transcoder: Transcoder): Promise<void> {
  await transcoder.kill();
  world.edge.forget(transcoder);
  await transcoder.start();
  await world.edge.pass(LEASE_MS + 1000);
}

/** Whoever works right now; else somebody. */
const somebody = ({ dice, edge, transcoders }: World): Transcoder => {
  const busy = transcoders.filter((transcoder) => edge.heldBy(transcoder).length > 0);
  return dice.pick(busy.length > 0 ? busy : transcoders);
};

const kill: Fault = async (world) => {
  await sleep(world.dice.below(700));
  await die(world, somebody(world));
};

/** It falls silent, its work is given to others, and then it goes on as if nothing had been. */
const freeze: Fault = async (world) => {
  await sleep(world.dice.below(500));
  const transcoder = somebody(world);
  transcoder.freeze();
  world.edge.forget(transcoder);
  await world.edge.pass(LEASE_MS + 1000);
  await sleep(300 + world.dice.below(1200));
  transcoder.wake();
};

/** Kills the holder of a task when it says that the task is done: before it counts, or after, with the answer lost. */
const killAtComplete =
  (when: 'before' | 'after', only?: TaskKind): Fault =>
  async (world) => {
    const said = await new Promise<Transcoder | null>((tell) => {
      const timer = setTimeout(() => tell(null), 8_000); // nothing came to an end meanwhile
      const heard = world.edge.onCall;
      world.edge.onCall = (call) => {
        if (call.verb !== 'complete' || call.when !== when || (only && call.kind !== only)) return true;
        const holder = call.transcoder;
        clearTimeout(timer);
        world.edge.onCall = heard;
        tell(holder);
        return false;
      };
    });
    if (said) await die(world, said);
  };

/** An object is stored, whoever stored it never hears so, and dies: the row about it is never written. */
const killAtStored: Fault = async (world) => {
  const stored = new Promise<boolean>((tell) => {
    const timer = setTimeout(() => tell(false), 8_000);
    let left = 1 + world.dice.below(12);
    world.proxy.meddle = (method, path) => {
      if (method !== 'PUT' || !path.includes('/hls/') || --left > 0) return 'pass';
      clearTimeout(timer);
      world.proxy.meddle = () => 'pass';
      tell(true);
      return 'lose-answer';
    };
  });
  if (await stored) await die(world, somebody(world));
};

/** The store is unwell: requests are refused, cut off, or done and not answered. */
const storeTrouble: Fault = async (world) => {
  const { dice, proxy } = world;
  let left = 3 + dice.below(20);
  proxy.meddle = () => {
    if (left-- <= 0) {
      proxy.meddle = () => 'pass';
      return 'pass';
    }
    return dice.pick(['refuse', 'reset', 'lose-answer', 'pass'] as const);
  };
  await sleep(500 + dice.below(1500));
  proxy.meddle = () => 'pass';
};

const diskFull: Fault = async (world) => {
  await world.fillDisk();
  await sleep(400 + world.dice.below(800));
  await world.emptyDisk();
};

export const faults = {
  'killed at a random moment': kill,
  'frozen and woken': freeze,
  'killed before “done” was heard': killAtComplete('before'),
  'killed after “done” was heard': killAtComplete('after'),
  'killed between object and row': killAtStored,
  'store errors': storeTrouble,
  'disk full': diskFull,
} satisfies Record<string, Fault>;

/** The end of one kind of task, before or after it counts: for tests that go through every step. */
export const killAtEndOf = (kind: TaskKind, when: 'before' | 'after'): Fault => killAtComplete(when, kind);

/** The start of one kind of task: killed as soon as somebody has it. */
export const killAtStartOf =
  (kind: TaskKind): Fault =>
  async (world) => {
    for (let tries = 0; tries < 800; tries++) {
      const holder = world.transcoders.find((transcoder) =>
        world.edge.heldBy(transcoder).some((message) => message.kind === kind),
      );
      if (holder) return die(world, holder);
      await sleep(10);
    }
  };
