import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  casing: 'snake_case',
  schema: './schema/db/*.ts',
  out: './schema/db/migrations',
});
