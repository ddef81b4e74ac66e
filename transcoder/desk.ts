import type { TaskMessage } from '../schema/jobs/task.ts';
import { holdLease, LeaseLost, leaseTimes, Stopping, type Lease, type LeaseTimes } from './lease.ts';
import { failureOf, type Performer } from './tasks/perform.ts';

type Held = { message: TaskMessage; lease: Lease; stop: AbortController; over: Promise<void>; disk: number };
export type Answer = 'accepted' | 'here' | 'stale' | 'busy' | 'stopping';
export type Log = (event: string, facts: Record<string, unknown>) => void;

const REMEMBERED = 1000;

/**
 * Takes tasks, a few at a time: `slots` are worked on, as many more wait, so that no core idles between two deliveries of the
 * queue. A lease is held from acceptance on.
 */
export class Desk {
  readonly #slots: number;
  readonly #perform: Performer;
  readonly #times: LeaseTimes;
  readonly #log: Log;
  readonly #held = new Map<string, Held>();
  readonly #waiting: (() => void)[] = [];
  /** Attempts that are over: the queue may deliver them once more. */
  readonly #past = new Set<string>();
  #running = 0;
  #stopping = false;

  constructor(slots: number, perform: Performer, log: Log, times: LeaseTimes = leaseTimes) {
    this.#slots = slots;
    this.#perform = perform;
    this.#log = log;
    this.#times = times;
  }

  get state(): { slots: number; running: number; waiting: number; stopping: boolean } {
    return {
      slots: this.#slots,
      running: this.#running,
      waiting: this.#held.size - this.#running,
      stopping: this.#stopping,
    };
  }

  /** Bytes on the scratch disk, of all tasks. */
  get disk(): number {
    return [...this.#held.values()].reduce((sum, { disk }) => sum + disk, 0);
  }

  accept(message: TaskMessage): Answer {
    if (this.#stopping) return 'stopping';
    const held = this.#held.get(message.taskId);
    if (held && held.message.attempt > message.attempt) return 'stale';
    if (held?.message.attempt === message.attempt || this.#past.has(nameOf(message))) return 'here';
    if (this.#held.size >= this.#slots * 2) return 'busy';
    held?.stop.abort(new LeaseLost('a newer attempt came'));
    const stop = new AbortController();
    const lease = holdLease(message, (lost) => stop.abort(lost), this.#times);
    const mine: Held = { message, lease, stop, over: Promise.resolve(), disk: 0 };
    this.#held.set(message.taskId, mine);
    mine.over = this.#see(mine);
    return 'accepted';
  }

  /** Takes nothing more, kills what runs, hands every task back. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const held = [...this.#held.values()];
    for (const { stop } of held) stop.abort(new Stopping('the transcoder is stopping'));
    await Promise.all(held.map(({ over }) => over));
  }

  async #see(held: Held): Promise<void> {
    const { message, lease, stop } = held;
    const facts = { task: message.taskId, kind: message.kind, attempt: message.attempt, job: message.jobId };
    const since = Date.now();
    try {
      await this.#slot(stop.signal);
      try {
        this.#log('started', facts);
        const result = await this.#perform(
          message,
          stop.signal,
          (progress, note) => lease.report(progress, note),
          () => lease.confirm(),
          (disk) => {
            held.disk = disk.now;
            lease.measured(disk);
          },
        );
        stop.signal.throwIfAborted();
        lease.end();
        await lease.complete(result);
        this.#log('done', { ...facts, ms: Date.now() - since });
      } finally {
        this.#free();
      }
    } catch (error) {
      lease.end();
      await this.#settle(held, error, facts);
    } finally {
      this.#remember(held);
    }
  }

  /** The bad end of a task: said to the edge, unless it said so itself. */
  async #settle({ lease, stop }: Held, error: unknown, facts: Record<string, unknown>): Promise<void> {
    const reason: unknown = stop.signal.aborted ? stop.signal.reason : error;
    try {
      if (reason instanceof LeaseLost) return this.#log('lost', { ...facts, why: reason.message });
      if (reason instanceof Stopping) {
        await lease.release();
        return this.#log('released', facts);
      }
      const failure = failureOf(error);
      this.#log('failed', { ...facts, ...failure });
      await lease.fail(failure);
    } catch (unheard) {
      this.#log('lost', { ...facts, why: unheard instanceof Error ? unheard.message : String(unheard) });
    }
  }

  #remember({ message }: Held): void {
    if (this.#held.get(message.taskId)?.message.attempt === message.attempt)
      this.#held.delete(message.taskId);
    this.#past.add(nameOf(message));
    const [oldest] = this.#past;
    if (this.#past.size > REMEMBERED && oldest) this.#past.delete(oldest);
  }

  /** Waits for a free core. */
  async #slot(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#running >= this.#slots)
      await new Promise<void>((resolve, reject) => {
        const turn = () => {
          signal.removeEventListener('abort', leave);
          resolve();
        };
        const leave = () => {
          this.#waiting.splice(this.#waiting.indexOf(turn), 1);
          reject(signal.reason as Error);
        };
        signal.addEventListener('abort', leave, { once: true });
        this.#waiting.push(turn);
      });
    else this.#running++;
  }

  /** Hands the core to the next one, without a moment in which somebody else could take it. */
  #free(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running--;
  }
}

const nameOf = ({ taskId, attempt }: TaskMessage): string => `${taskId}#${attempt}`;
