import { html } from 'hono/html';
import { writtenMoney } from '../../../schema/written-money.ts';

/** What `html` makes: markup in which everything put in is escaped. */
export type Markup = ReturnType<typeof html>;

/** A whole page. Every one of them says whose place it takes: nobody should take it for Stripe, nor type a real card into it. */
export const page = (title: string, body: Markup, { wide = false } = {}) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="stylesheet" href="/pages.css" />
      </head>
      <body>
        <p class="mark">
          <strong>Local stand-in for Stripe.</strong> No money moves, and no real card belongs here.
          <a href="/">Console</a>
        </p>
        <main ${wide ? html`class="wide"` : ''}>${body}</main>
      </body>
    </html>`;

/** An amount in a currency's smallest unit, as Stripe has them. */
export const money = (amount: number, currency: string): string => writtenMoney('en', { amount, currency });

/** A moment in seconds since 1970, for people. */
export const day = (at: number | null | undefined): string =>
  at === null || at === undefined
    ? '–'
    : new Date(at * 1000).toLocaleDateString('en', {
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        timeZone: 'UTC',
      });
export const moment = (at: number): string =>
  `${new Date(at * 1000).toISOString().replace('T', ' ').slice(0, 19)} UTC`;

/** What went wrong, at the top of a form. */
export const alert = (words: string | null | undefined) =>
  words ? html`<p class="alert" role="alert">${words}</p>` : '';

/** A form with one button, for what is done by one press. */
export const button = (action: string, label: string, hidden: Record<string, string> = {}, look = '') =>
  html`<form method="post" action="${action}" class="inline">
    ${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <button class="${look}">${label}</button>
  </form>`;
