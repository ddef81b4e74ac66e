import type { Context } from 'hono';
import type { ProfileProof } from '../../../schema/api/me.ts';
import type { Actor, AppEnv } from '../../http/context.ts';
import { within } from '../../http/limits.ts';
import { Problem } from '../../http/problem.ts';
import { guardian, suffices, type Need } from './household.ts';
import { isPin } from './pin.ts';
import type { ProfileRow } from './queries/profiles.ts';
import { confirmPassword, hasPassword, justSignedIn } from './reauthenticate.ts';

/**
 * Refuses a step that is not proved as it needs to be. Whoever has no password, because they sign in by passkey, by code or
 * elsewhere, may have just signed in instead.
 * @throws Problem `proof-required`, `wrong-pin`, `wrong-password`, `too-many-requests`
 */
export async function prove(
  c: Context<AppEnv>,
  actor: Actor,
  profiles: readonly ProfileRow[],
  need: Need,
  given: ProfileProof,
): Promise<void> {
  if (given.password !== undefined) {
    await confirmPassword(c, actor, given.password);
    return;
  }
  if (given.currentPin !== undefined) {
    const whose = given.pinOf
      ? profiles.find((profile) => profile.id === given.pinOf)
      : guardian(profiles, need);
    if (!whose || !suffices(whose, need)) throw new Problem('proof-required', wanted(profiles, need));
    await rightPin(c, whose, given.currentPin);
    return;
  }
  if (!(await hasPassword(c.var.platform, actor)) && (await justSignedIn(c, actor))) return;
  throw new Problem('proof-required', wanted(profiles, need));
}

/** @throws Problem `wrong-pin`, `too-many-requests` */
export async function rightPin(c: Context<AppEnv>, { id, pinHash }: ProfileRow, pin: string): Promise<void> {
  await within(c, 'pin', id, async () => {
    if (pinHash === null || !(await isPin(pin, pinHash, c.var.platform.secrets.auth)))
      throw new Problem('wrong-pin');
  });
}

function wanted(profiles: readonly ProfileRow[], need: Need): string {
  const names = profiles.filter((profile) => suffices(profile, need)).map(({ name }) => name);
  const pin = names.length > 0 ? `the PIN of ${names.join(' or ')} (\`currentPin\`, \`pinOf\`), or ` : '';
  return `Send ${pin}the account’s password (\`password\`). Whoever has none signs in anew and tries again within ten minutes.`;
}
