import * as v from 'valibot';
import { Mail } from '../../schema/api/accounts.ts';
import { MAIL } from './kv.ts';
import type { OutgoingMail } from './mailer.ts';

/** What a local platform mailed, kept for a day in KV under `mail:<newest first>`: nothing leaves this machine. */
export interface LocalMailbox {
  put(mail: OutgoingMail): Promise<void>;
  /** The latest first, 50 at most. */
  list(): Promise<Mail[]>;
}

const SHOWN = 50;
/** KV lists by key, so a key counts down to the end of time that `Date` knows (ECMA-262 §21.4.1.1). */
const END_MS = 8.64e15;

export const mailbox = (kv: KVNamespace, now: () => number): LocalMailbox => ({
  async put({ to, subject, text, code = null, link = null }) {
    const sentAt = now();
    const id = `${String(END_MS - sentAt).padStart(16, '0')}-${crypto.randomUUID()}`;
    const mail: Mail = { id, to, subject, text, code, link, sentAt };
    await kv.put(MAIL.prefix + id, JSON.stringify(mail), { expirationTtl: MAIL.seconds });
  },
  async list() {
    const { keys } = await kv.list({ prefix: MAIL.prefix, limit: SHOWN });
    const mails = await Promise.all(keys.map(({ name }) => kv.get(name, 'json')));
    return mails.filter((mail) => mail !== null).map((mail) => v.parse(Mail, mail));
  },
});
