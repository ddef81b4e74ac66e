import { Hono } from 'hono';
import { base64url } from 'jose';
import type { InferOutput } from 'valibot';
import {
  NewTakedownNotice,
  NoticeId,
  NoticeReceipt,
  type TakedownNotice,
} from '../../schema/api/moderation.ts';
import { languageOf } from '../accounts/mails.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { limited } from '../http/limits.ts';
import { Problem } from '../http/problem.ts';
import { receiptOf, receive, type NoticeRow } from './notice-queries.ts';
import { ownPath } from './own-path.ts';
import { receiptMail } from './receipt-mail.ts';

/** A notice that comes in again within this time is the same one. */
const SAME_MS = 3_600_000;

/** @throws Problem `invalid-request` naming every address that is not of this site */
function ownPaths(addresses: readonly string[], origins: readonly [string, ...string[]]): string[] {
  const paths = addresses.map((address) => ownPath(address, origins));
  const errors = paths.flatMap((path, at) =>
    path === null
      ? [{ pointer: `/addresses/${at}`, detail: `is no address of a page or file on ${origins[0]}` }]
      : [],
  );
  if (errors.length > 0)
    throw new Problem('invalid-request', {
      detail: errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; '),
      errors,
    });
  return [...new Set(paths.filter((path) => path !== null))];
}

/** What is kept of a notice. Both statements were made, or it would not have come this far. */
const contentOf = (
  { goodFaith: _stated, accurate: _too, ...sent }: InferOutput<typeof NewTakedownNotice>,
  addresses: string[],
) => ({ ...sent, addresses });

async function digestOf(content: object): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  return base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

export const noticeView = ({ digest: _ours, language: _theirs, ...notice }: NoticeRow): TakedownNotice =>
  notice;

/** Notices of rights holders: taken from anybody. Who reads them: desk-routes.ts. */
export const takedownNoticeRoutes = new Hono<AppEnv>()
  .post(
    '/api/takedown-notices',
    allow('anyone'),
    accepts('json', NewTakedownNotice),
    limited('notice', 'email'),
    returns('Takes a takedown notice (17 U.S.C. §512(c)(3)(A)) and mails a receipt', {
      201: NoticeReceipt,
      200: NoticeReceipt,
    }),
    async (c) => {
      const { db, mailer, newId, now, settings } = c.var.platform;
      const sent = c.req.valid('json');
      const origins = [settings.origin, new URL(c.req.url).origin] as const;
      const content = contentOf(sent, ownPaths(sent.addresses, origins));
      const at = now();
      const acceptLanguage = c.req.header('accept-language') ?? null;
      const letter = { to: sent.email, origin: settings.origin, acceptLanguage };
      const unanswered = { state: 'received' as const, answeredAt: null, answeredBy: null, answer: null };
      const row = {
        ...content,
        ...unanswered,
        id: newId('notice'),
        language: languageOf(letter),
        createdAt: at,
      };
      const { receipt, isNew } = await receive(db, { ...row, digest: await digestOf(content) }, at - SAME_MS);
      if (!isNew) return c.json(receipt, 200);
      c.executionCtx.waitUntil(mailer.send(receiptMail(receipt.id, letter)));
      return c.json(receipt, 201);
    },
  )
  .get(
    '/api/takedown-notices/:id',
    allow('anyone'),
    accepts('param', NoticeId),
    returns('Whether a notice was received, by its receipt number', { 200: NoticeReceipt }),
    async (c) => {
      const receipt = await receiptOf(c.var.platform.db, c.req.valid('param').id);
      if (!receipt) throw new Problem('not-found', 'There is no notice with this receipt number.');
      c.header('cache-control', 'no-store');
      return c.json(receipt, 200);
    },
  );
