import { Hono } from 'hono';
import { displayPath, isLanguage, safeNext, signOutPath } from '../../web/server.tsx';
import type { AppEnv } from '../http/context.ts';
import { allow } from '../http/guards.ts';
import { apiFor } from './ask.ts';
import { isTheme, keep } from './display.ts';
import { formOf } from './form.ts';

/** Where a form came from. A language in that address would go before the one that was just chosen. */
function backTo(next: string | null): string {
  const url = new URL(safeNext(next), 'https://here.invalid');
  url.searchParams.delete('lang');
  return url.pathname + url.search;
}

/** What every page has in its foot and in its menu, as forms: they work before and without any script. */
export const displayRoutes = new Hono<AppEnv>()
  .post(displayPath, allow('anyone'), async (c) => {
    const form = await formOf(c);
    const [theme, language] = [form.get('theme'), form.get('language')];
    if (isTheme(theme)) keep(c, 'theme', theme);
    if (isLanguage(language)) keep(c, 'language', language);
    return c.redirect(backTo(form.get('next')), 303);
  })
  .post(signOutPath, allow('anyone'), async (c) => {
    const form = await formOf(c);
    await apiFor(c).api.auth['sign-out'].$post();
    return c.redirect(backTo(form.get('next')), 303);
  });
