import { mailProvider } from './mail-provider.ts';
import { mailbox, type LocalMailbox } from './mailbox.ts';
import { complain } from './log.ts';

/** A mail as it leaves the house. `code` and `link` are those that stand in the text. */
export type OutgoingMail = {
  to: string;
  subject: string;
  text: string;
  html: string;
  code?: string;
  link?: string;
};

/** Sends mail. It never throws: what could not be sent is in the log, without its address. Call it in `waitUntil`. */
export interface Mailer {
  send(mail: OutgoingMail): Promise<void>;
}

export type MailSettings = {
  /** Of the site: the mailbox is there on a local one only. */
  origin: string;
  /** Where the provider takes mail; empty: none. */
  url: string;
  /** `Engawa <no-reply@engawa.example.com>`. */
  from: string;
  token: string;
};

/** Names that nobody else can own or look up (RFC 6761 §6.2–3). */
export const isLocal = (origin: string): boolean =>
  /^(localhost|127\.0\.0\.1|\[::1\]|.+\.(localhost|test))$/.test(new URL(origin).hostname);

/** The mailbox that stands in for a provider on a local platform; null everywhere else. */
export const localMailbox = (
  { origin, url }: MailSettings,
  kv: KVNamespace,
  now: () => number,
): LocalMailbox | null => (!url && isLocal(origin) ? mailbox(kv, now) : null);

export function mailer(settings: MailSettings, local: LocalMailbox | null, fetcher: typeof fetch): Mailer {
  const deliver = local ? (mail: OutgoingMail) => local.put(mail) : mailProvider(settings, fetcher);
  return {
    async send(mail) {
      try {
        await deliver(mail);
      } catch (error) {
        complain({ event: 'mail not sent', error });
      }
    },
  };
}
