import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { Piece } from './body.ts';
import { StoreError } from './errors.ts';

/** What an object says of itself besides its bytes, such as `content-type`. */
export type ObjectHeaders = Record<string, string>;
export type StoredObject = {
  key: string;
  bytes: number;
  etag: string;
  headers: ObjectHeaders;
  modified: number;
};
type Lying = Pick<Piece, 'file' | 'bytes'>;
/** What `complete` is told of a part. */
type Wanted = { number: number; etag: string; sha256: string | null };
export type Ledger = ReturnType<typeof openLedger>;

// S3: every part of a multipart upload but the last has 5 MiB or more.
const MIN_PART_BYTES = 5 * 1024 * 1024;

/** Of a multipart upload: its parts come with checksums of this kind. */
export const ALGORITHM = 'x-amz-checksum-algorithm';
/** Kept among an object's headers, and shown to whoever asks for it. */
export const CHECKSUM = 'x-amz-checksum-sha256';
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html#composite-checksums */
const composite = (parts: Pick<Piece, 'sha256'>[]) =>
  `${createHash('sha256')
    .update(Buffer.concat(parts.map(({ sha256 }) => Buffer.from(sha256, 'base64'))))
    .digest('base64')}-${parts.length}`;

/**
 * Which object consists of which files. SQLite makes every change one step: a reader sees an object before or after, never between.
 * An object put together from parts keeps their files, so that completing an upload copies nothing.
 * Methods that drop files return their names; the caller deletes them.
 */
export function openLedger(path: string) {
  const db = new DatabaseSync(path);
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA foreign_keys = ON;
    CREATE TABLE IF NOT EXISTS objects (key TEXT PRIMARY KEY, bytes INTEGER, etag TEXT, headers TEXT, modified INTEGER) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS pieces (key TEXT REFERENCES objects ON DELETE CASCADE, number INTEGER, file TEXT, bytes INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS uploads (id TEXT PRIMARY KEY, key TEXT, headers TEXT) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS parts (upload TEXT REFERENCES uploads ON DELETE CASCADE, number INTEGER, file TEXT, bytes INTEGER, md5 TEXT, sha256 TEXT, PRIMARY KEY (upload, number)) WITHOUT ROWID;
  `);
  const all = <T>(sql: string, ...values: (string | number)[]) => db.prepare(sql).all(...values) as T[];
  const run = (sql: string, ...values: (string | number)[]) => db.prepare(sql).run(...values);
  if (
    !all<{ name: string }>("SELECT name FROM pragma_table_info('parts')").some(
      ({ name }) => name === 'sha256',
    )
  )
    db.exec('ALTER TABLE parts ADD COLUMN sha256 TEXT'); // a folder from before parts had checksums
  const files = (rows: { file: string }[]) => rows.map(({ file }) => file);
  const row = (r: Omit<StoredObject, 'headers'> & { headers: string }): StoredObject => ({
    ...r,
    headers: JSON.parse(r.headers) as ObjectHeaders,
  });
  function atomic<T>(work: () => T): T {
    db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      db.exec('COMMIT');
      return result;
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  }
  const drop = (key: string) => {
    const dropped = files(all('SELECT file FROM pieces WHERE key = ?', key));
    run('DELETE FROM objects WHERE key = ?', key);
    return dropped;
  };
  const put = (key: string, pieces: Lying[], etag: string, headers: ObjectHeaders, now: number) => {
    const dropped = drop(key);
    const bytes = pieces.reduce((sum, piece) => sum + piece.bytes, 0);
    run('INSERT INTO objects VALUES (?, ?, ?, ?, ?)', key, bytes, etag, JSON.stringify(headers), now);
    pieces.forEach((piece, i) =>
      run('INSERT INTO pieces VALUES (?, ?, ?, ?)', key, i, piece.file, piece.bytes),
    );
    return dropped;
  };
  const upload = (id: string, key: string) => {
    const found = all<{ headers: string }>(
      'SELECT headers FROM uploads WHERE id = ? AND key = ?',
      id,
      key,
    )[0];
    if (!found) throw new StoreError('NoSuchUpload');
    return JSON.parse(found.headers) as ObjectHeaders;
  };

  return {
    put: (key: string, piece: Piece, headers: ObjectHeaders, now: number) =>
      atomic(() => put(key, [piece], `"${piece.md5}"`, headers, now)),
    get(key: string): (StoredObject & { pieces: Lying[] }) | null {
      const found = all<Parameters<typeof row>[0]>('SELECT * FROM objects WHERE key = ?', key)[0];
      if (!found) return null;
      return {
        ...row(found),
        pieces: all('SELECT file, bytes FROM pieces WHERE key = ? ORDER BY number', key),
      };
    },
    delete: (key: string) => atomic(() => drop(key)),
    list: (prefix: string, after: string, limit: number): StoredObject[] =>
      all<Parameters<typeof row>[0]>(
        'SELECT * FROM objects WHERE key >= ? AND key < ? AND key > ? ORDER BY key LIMIT ?',
        prefix,
        `${prefix}\u{10FFFF}`,
        after,
        limit,
      ).map(row),

    begin: (id: string, key: string, headers: ObjectHeaders) =>
      void run('INSERT INTO uploads VALUES (?, ?, ?)', id, key, JSON.stringify(headers)),
    /** What a multipart upload was begun with. */
    headers: upload,
    /** A part sent again replaces what was sent. */
    part: (id: string, key: string, number: number, piece: Piece) =>
      atomic(() => {
        upload(id, key);
        const dropped = files(all('SELECT file FROM parts WHERE upload = ? AND number = ?', id, number));
        run(
          'INSERT OR REPLACE INTO parts (upload, number, file, bytes, md5, sha256) VALUES (?, ?, ?, ?, ?, ?)',
          id,
          number,
          piece.file,
          piece.bytes,
          piece.md5,
          piece.sha256,
        );
        return dropped;
      }),
    parts: (id: string, after: number, limit: number): (Piece & { number: number })[] =>
      all('SELECT * FROM parts WHERE upload = ? AND number > ? ORDER BY number LIMIT ?', id, after, limit),
    abort: (id: string, key: string) =>
      atomic(() => {
        upload(id, key);
        const dropped = files(all('SELECT file FROM parts WHERE upload = ?', id));
        run('DELETE FROM uploads WHERE id = ?', id);
        return dropped;
      }),
    complete: (id: string, key: string, wanted: Wanted[], now: number) =>
      atomic(() => {
        const headers = upload(id, key);
        const sent = all<Piece & { number: number }>('SELECT * FROM parts WHERE upload = ?', id);
        if (wanted.some(({ number }, i) => i > 0 && number <= wanted[i - 1]!.number))
          throw new StoreError('InvalidPartOrder');
        const checked = headers[ALGORITHM] === 'SHA256';
        const chosen = wanted.map(({ number, etag, sha256 }, i) => {
          const part = sent.find((p) => p.number === number);
          if (part?.md5 !== etag.replaceAll('"', '')) throw new StoreError('InvalidPart', `part ${number}`);
          if (checked ? sha256 !== part.sha256 : sha256 && sha256 !== part.sha256)
            throw new StoreError('InvalidPart', `part ${number}: checksum`);
          if (part.bytes < MIN_PART_BYTES && i < wanted.length - 1)
            throw new StoreError('EntityTooSmall', `part ${number}`);
          return part;
        });
        const digests = Buffer.concat(chosen.map((part) => Buffer.from(part.md5, 'hex')));
        const etag = `"${createHash('md5').update(digests).digest('hex')}-${chosen.length}"`;
        const kept = checked ? { ...headers, [CHECKSUM]: composite(chosen) } : headers;
        const dropped = put(key, chosen, etag, kept, now);
        const left = sent.filter((part) => !chosen.includes(part));
        run('DELETE FROM uploads WHERE id = ?', id);
        return { etag, dropped: [...dropped, ...files(left)] };
      }),

    /** Every file that something refers to. */
    files: () => new Set(files(all('SELECT file FROM pieces UNION ALL SELECT file FROM parts'))),
    close: () => db.close(),
  };
}
