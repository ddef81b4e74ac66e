import type { Context } from 'hono';

/** What somebody typed or pressed in a form; nothing: an empty text. */
export type Said = (name: string) => string;

export async function said(c: Context): Promise<Said> {
  const form = await c.req.formData();
  return (name) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
}
