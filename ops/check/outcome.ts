/** What a step of the check counted. A step that is no test runner is one test. */
export type Outcome = {
  passed: number;
  failed: number;
  skipped: number;
  /** In full, when something failed. */ output?: string;
};

export const passed: Outcome = { passed: 1, failed: 0, skipped: 0 };
export const failed = (output: string): Outcome => ({ passed: 0, failed: 1, skipped: 0, output });
export const skipped = (why: string): Outcome => ({ passed: 0, failed: 0, skipped: 1, output: why });

export const sum = (outcomes: readonly Outcome[]): Outcome => ({
  passed: outcomes.reduce((n, o) => n + o.passed, 0),
  failed: outcomes.reduce((n, o) => n + o.failed, 0),
  skipped: outcomes.reduce((n, o) => n + o.skipped, 0),
});

/** The last line of a check. */
export const summary = (total: Outcome): string =>
  `${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`;

/** The counts of one step, zeros left out: `12 passed, 1 skipped`. */
export const counts = (outcome: Outcome): string =>
  (['passed', 'failed', 'skipped'] as const)
    .filter((word) => outcome[word] > 0)
    .map((word) => `${outcome[word]} ${word}`)
    .join(', ') || 'nothing to do';
