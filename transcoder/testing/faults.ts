import { createHash } from 'node:crypto';
import type { TaskSpecOf, WrittenObject } from '../../schema/jobs/task.ts';
import { decryptSegment, encryptSegment, keyOf } from '../plan/encryption.ts';
import { message, type Rig } from './rig.ts';

type Spec = TaskSpecOf<'package'>;
const never = new AbortController().signal;

/**
 * A job whose encode tasks are done, to be spoilt: one fault at a time in what is stored or in what was reported, then the package
 * task; all is mended afterwards.
 */
export class Spoilt {
  readonly #rig: Rig;
  readonly #spec: Spec;
  readonly #output: string;
  readonly #originals = new Map<string, Uint8Array>();
  spec: Spec;

  constructor(rig: Rig, spec: Spec, output: string) {
    this.#rig = rig;
    this.#spec = spec;
    this.#output = output;
    this.spec = structuredClone(spec);
  }

  /** The verdict: names of the checks that do not hold, none where the task succeeds. */
  async verdict(): Promise<string[]> {
    try {
      await this.#rig.perform(message(this.spec, { source: 'sources/none', output: this.#output }));
      return [];
    } catch (error) {
      const { log } = error as { log?: string };
      if (!log) throw error;
      const { checks } = JSON.parse(log) as { checks: { name: string; holds: boolean }[] };
      return checks.filter(({ holds }) => !holds).map(({ name }) => name);
    } finally {
      for (const [key, bytes] of this.#originals) await this.#rig.upload(key, bytes);
      this.#originals.clear();
      this.spec = structuredClone(this.#spec);
    }
  }

  object(key: string): WrittenObject {
    return this.spec.objects.find((object) => object.key === key)!;
  }
  forget(key: string): void {
    this.spec.objects = this.spec.objects.filter((object) => object.key !== key);
  }

  async remove(key: string): Promise<void> {
    await this.#keep(key);
    await this.#rig.store.remove([this.#output + key], { signal: never });
  }

  /** Other bytes under a name, which the task that wrote them reported as `hash` says. */
  async store(key: string, bytes: Uint8Array, hash: 'told' | 'not told' = 'told'): Promise<void> {
    await this.#keep(key);
    await this.#rig.upload(this.#output + key, bytes);
    if (hash === 'not told') return;
    for (const object of this.spec.objects.filter((one) => one.key === key))
      Object.assign(object, {
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
  }

  async stored(key: string): Promise<Uint8Array> {
    return (await this.#rig.store.get(this.#output + key, { signal: never })).slice();
  }
  async clear(key: string): Promise<Uint8Array> {
    const { index, period } = this.object(key).segment!;
    return decryptSegment(await this.stored(key), keyOf(this.spec.keys, period), index).slice();
  }
  sealed(key: string, clear: Uint8Array, period = this.object(key).segment!.period): Uint8Array {
    return encryptSegment(clear, keyOf(this.spec.keys, period), this.object(key).segment!.index);
  }
  /** As if the task had made another segment and sealed and reported it well. */
  async change(key: string, change: (clear: Uint8Array) => Uint8Array): Promise<void> {
    await this.store(key, this.sealed(key, change(await this.clear(key))));
  }

  async #keep(key: string): Promise<void> {
    const name = this.#output + key;
    if (!this.#originals.has(name)) this.#originals.set(name, await this.stored(key));
  }
}
