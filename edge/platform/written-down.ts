import type { Role } from '../../schema/api/accounts.ts';

/** Whose changes a request makes, and from where: what each entry of the audit log says of it (ADR 0064). */
export type Author = {
  /** When the request came, ms UTC. */
  at: number;
  request: string;
  /** The route: `PATCH /api/admin/titles/:id`. */
  operation: string;
  actorId: string;
  actorRole: Role;
  /** As http/address.ts counts it. */
  address: string | null;
  country: string | null;
  userAgent: string | null;
};

/** Whether a statement may change something. A read taken for one costs two statements more, and nothing else. */
const writes = (sql: string): boolean =>
  /^\s*(?:insert|update|delete|replace)\b/i.test(sql) ||
  /^\s*with\b[\s\S]*\b(?:insert\s+(?:or\s+\w+\s+)?into|update\s+"|delete\s+from)/i.test(sql);

const NOW =
  'insert into audit_now (id, at, request, operation, actor_id, actor_role, address, country, user_agent) values (1, ?, ?, ?, ?, ?, ?, ?, ?)';

/**
 * A D1 binding whose changes the triggers of schema/db/audit.sql write down as somebody's. A batch of D1 is a transaction: each writing
 * statement, and each batch with one, is sent between two more, which say whose it is and take that back. So nobody else's change ever
 * meets that row, what fails leaves no entry, and there are as many round trips as before.
 * @param wrote told before anything is written
 */
export function writtenDown(d1: D1Database, author: Author, wrote: () => void): D1Database {
  /** Statements that write, as they are handed out, and as D1 knows them. */
  const bare = new WeakMap<object, D1PreparedStatement>();

  async function inOne<T>(statements: D1PreparedStatement[]): Promise<D1Result<T>[]> {
    wrote();
    const { at, request, operation, actorId, actorRole, address, country, userAgent } = author;
    const now = d1.prepare(NOW).bind(at, request, operation, actorId, actorRole, address, country, userAgent);
    const results = await d1.batch<T>([now, ...statements, d1.prepare('delete from audit_now')]);
    return results.slice(1, -1);
  }

  function writing(statement: D1PreparedStatement): D1PreparedStatement {
    const rows = async () => {
      const [result] = await inOne<Record<string, unknown>>([statement]);
      return result!;
    };
    const instead: Partial<Record<string | symbol, unknown>> = {
      bind: (...values: unknown[]) => writing(statement.bind(...values)),
      run: rows,
      all: rows,
      first: async (column?: string) => {
        const row = (await rows()).results[0];
        return row === undefined ? null : column === undefined ? row : row[column];
      },
      raw: async ({ columnNames = false } = {}) => {
        const { results } = await rows();
        const names = columnNames ? [Object.keys(results[0] ?? {})] : [];
        return [...names, ...results.map((row) => Object.values(row))];
      },
    };
    const own = new Proxy(statement, { get: (_, name) => instead[name] });
    bare.set(own, statement);
    return own;
  }

  const instead: Partial<Record<string | symbol, unknown>> = {
    prepare: (sql: string) => {
      const statement = d1.prepare(sql);
      return writes(sql) ? writing(statement) : statement;
    },
    batch: (statements: D1PreparedStatement[]) => {
      const plain = statements.map((statement) => bare.get(statement) ?? statement);
      return statements.some((statement) => bare.has(statement)) ? inOne(plain) : d1.batch(plain);
    },
  };
  return new Proxy(d1, {
    get(_, name) {
      const member = instead[name];
      // `exec`, `dump` and sessions would write past the log; nothing here uses them.
      if (!member && typeof name === 'string') throw new Error(`D1Database.${name} is not written down`);
      return member;
    },
  });
}
