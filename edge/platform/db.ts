import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1';

/** Drizzle over D1. `db.batch([...])` is the only atomic unit; at most 100 bound parameters a statement. */
export type Db = DrizzleD1Database;
export const database = (binding: D1Database): Db => drizzle(binding, { casing: 'snake_case' });
