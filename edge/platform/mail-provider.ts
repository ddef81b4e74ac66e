import type { MailSettings, OutgoingMail } from './mailer.ts';

/** Before the second and the third try, ms. `waitUntil` gives 30 s after the answer in all. */
const PAUSES_MS = [1_000, 4_000];
const TIMEOUT_MS = 7_000;

/**
 * Sends by an HTTP API that takes `{ from, to, subject, text, html }` with a bearer token: Cloudflare's Email Service
 * (`https://api.cloudflare.com/client/v4/accounts/<id>/email/sending/send`) and Resend's (`https://api.resend.com/emails`) both do.
 * Tried again where the provider did not answer or was busy; with the same key each time, so that one which knows
 * `Idempotency-Key` sends it once. Where it does not, somebody may get the same code twice.
 * @throws TypeError without the address: for the log
 */
export const mailProvider =
  ({ url, from, token }: MailSettings, fetcher: typeof fetch) =>
  async ({ to, subject, text, html }: OutgoingMail): Promise<void> => {
    if (!url) throw new TypeError('there is no mail provider: set MAIL_URL, MAIL_FROM and MAIL_TOKEN');
    const request = {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify({ from, to, subject, text, html }),
    };
    for (let attempt = 0; ; attempt++) {
      const answer = await fetcher(url, { ...request, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
        (error: unknown) => String(error),
      );
      if (typeof answer !== 'string') {
        await answer.body?.cancel(); // it may quote the address
        if (answer.ok) return;
      }
      const said = typeof answer === 'string' ? answer : `it answered ${answer.status}`;
      const worthwhile = typeof answer === 'string' || answer.status === 429 || answer.status >= 500;
      const pause = PAUSES_MS[attempt];
      if (!worthwhile || pause === undefined)
        throw new TypeError(`the mail provider did not take it: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  };
