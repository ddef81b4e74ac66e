import { emptyTables, type Account } from './state.ts';

type Saved = {
  version: 1;
  accounts: {
    key: string;
    ahead: number;
    settings: Account['settings'];
    tables: Record<string, [string, unknown][]>;
  }[];
};

/** Accounts as JSON holds them. */
export const written = (accounts: Account[]): Saved => ({
  version: 1,
  accounts: accounts.map(({ key, ahead, settings, tables }) => ({
    key,
    ahead,
    settings,
    tables: Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, [...rows]])),
  })),
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Whether it is what `written` gave, of this version: anything else is begun anew. */
export const isKept = (saved: unknown): saved is Saved =>
  isRecord(saved) &&
  saved['version'] === 1 &&
  Array.isArray(saved['accounts']) &&
  saved['accounts'].every(
    (one: unknown) => isRecord(one) && typeof one['key'] === 'string' && isRecord(one['tables']),
  );

export const revived = (saved: Saved, real: () => number, pages: string): Account[] =>
  saved.accounts.map(({ key, ahead, settings, tables: rows }) => {
    const tables = emptyTables();
    // The file is our own, and goes back to the tables that it came from.
    for (const [name, table] of Object.entries(tables)) {
      const into: Map<string, unknown> = table;
      for (const [id, row] of rows[name] ?? []) into.set(id, row);
    }
    return { key, ahead, settings, tables, real, pages, request: null, at: null };
  });
