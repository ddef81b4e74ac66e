import type { TaskMessage, TaskSpec, TaskSpecOf } from '../../schema/jobs/task.ts';
import type { ProblemCode } from '../../schema/problem.ts';
import type { Config } from '../config.ts';
import type { MediaStore } from '../storage/store.ts';

/** Everything a task works with. */
export type TaskRun<K extends TaskSpec['kind'] = TaskSpec['kind']> = {
  message: TaskMessage;
  spec: TaskSpecOf<K>;
  store: MediaStore;
  settings: Config['work'];
  /** The task's own folder, removed when it ends. */
  scratch: string;
  /** Aborts when the lease is lost or the transcoder stops. */
  signal: AbortSignal;
  /** Progress 0 to 1, and what it is doing, for people. */
  report(progress: number, note?: string): void;
  /** To be awaited before anything is deleted: rejects where another attempt has the task, or its job is over. */
  confirm(): Promise<void>;
};

/** How a task ends badly, in the words of the interface. */
export class TaskProblem extends Error {
  override name = 'TaskProblem';
  readonly code: ProblemCode;
  readonly retryable: boolean;
  readonly log: string | undefined;
  constructor(code: ProblemCode, detail: string, { retryable, log }: { retryable: boolean; log?: string }) {
    super(detail);
    this.code = code;
    this.retryable = retryable;
    this.log = log;
  }
}
