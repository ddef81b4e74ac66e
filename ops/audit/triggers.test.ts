import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { auditSql } from '../audit-triggers.ts';

it('writes down every column of the tables as they are now', () => {
  // Where it is not: node ops/migrations.ts
  expect(readFileSync('schema/db/audit.sql', 'utf8')).toBe(auditSql());
  const folder = 'schema/db/migrations';
  const migration = readdirSync(folder).find((file) => file.endsWith('_audit.sql'));
  expect(migration && readFileSync(`${folder}/${migration}`, 'utf8')).toBe(auditSql());
});
