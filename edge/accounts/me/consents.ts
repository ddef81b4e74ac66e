import {
  consentKinds,
  currentTexts,
  type Consent,
  type ConsentKind,
  type Consents,
} from '../../../schema/api/me.ts';
import type { Platform } from '../../platform/platform.ts';
import { userIdAt } from '../queries.ts';
import { insertConsent } from './queries/consents.ts';

/**
 * Keeps that somebody agreed to the texts as they are now, or took it back, and when: rows are only ever added. Sign-up calls it with
 * what its form asked for; the same again adds nothing.
 */
export async function recordConsents(
  { db, newId, now }: Pick<Platform, 'db' | 'newId' | 'now'>,
  userId: string,
  kinds: readonly ConsentKind[],
  given = true,
): Promise<void> {
  const at = now();
  const [first, ...rest] = kinds.map((kind) =>
    insertConsent(db, { id: newId('consent'), userId, kind, version: currentTexts[kind], given, at }),
  );
  if (first) await db.batch([first, ...rest]);
}

/** What the form of sign-up says that one agrees to, of the account that it made for this address. */
export async function agreedAtSignUp(
  platform: Pick<Platform, 'db' | 'newId' | 'now'>,
  email: string,
): Promise<void> {
  const userId = await userIdAt(platform.db, email);
  if (userId !== null) await recordConsents(platform, userId, ['terms', 'privacy']);
}

/** Whether each text, as it is now, is agreed to. A newsletter's text may change without asking again: what is sent stays the same. */
export function standing(history: readonly Consent[]): Consents['current'] {
  return consentKinds.map((kind) => {
    const latest = history.find((consent) => consent.kind === kind);
    const isCurrent = kind === 'newsletter' || latest?.version === currentTexts[kind];
    return {
      kind,
      version: currentTexts[kind],
      given: latest !== undefined && latest.given && isCurrent,
      at: latest?.at ?? null,
    };
  });
}
