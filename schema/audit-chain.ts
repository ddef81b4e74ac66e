/** What happened to a row; `act`: something that is no row. */
export const auditOps = ['insert', 'update', 'delete', 'act'] as const;
export type AuditOp = (typeof auditOps)[number];

/** An entry of the audit log as it is stored. `before` and `after` are JSON texts. Times in ms UTC. */
export type AuditEntry = {
  seq: number;
  at: number;
  request: string;
  operation: string;
  actorId: string;
  actorRole: string;
  address: string | null;
  country: string | null;
  userAgent: string | null;
  kind: string;
  rowId: string;
  titleId: string | null;
  episodeId: string | null;
  op: AuditOp;
  before: string | null;
  after: string | null;
};

/** SHA-256 of a text's UTF-8, in lower-case hex. Each runtime brings its own. */
export type Digest = (text: string) => string | Promise<string>;

/** What the seal before the first one would be. */
export const GENESIS = '0'.repeat(64);

/**
 * What a seal is the hash of: the seal before, and the entry as an array in this order, for which JSON has one form only (RFC 8785 says
 * the same of strings and integers; there are no objects in it whose members could change places).
 */
export const sealed = (previous: string, e: AuditEntry): string =>
  `${previous}\n${JSON.stringify([
    e.seq,
    e.at,
    e.request,
    e.operation,
    e.actorId,
    e.actorRole,
    e.address,
    e.country,
    e.userAgent,
    e.kind,
    e.rowId,
    e.titleId,
    e.episodeId,
    e.op,
    e.before,
    e.after,
  ])}`;

/** The chain's head at some time, signed and kept outside the database (edge/operations/audit/anchors.ts). */
export type Anchor = { seq: number; hash: string; at: number };
