import type { Role } from '../../../schema/api/accounts.ts';
import { addressOf } from '../../http/address.ts';
import type { Actor } from '../../http/context.ts';
import { countryOf } from '../../playback/country.ts';
import type { Author } from '../../platform/written-down.ts';

/** Browsers' names for themselves are shorter; what is longer is somebody's joke. */
const LONGEST_AGENT = 300;

/** Who makes the changes of a request, and from where. @param operation its route @param at ms UTC */
export const authorOf = (
  request: Request,
  { userId }: Actor,
  role: Role,
  { requestId, operation, at }: { requestId: string; operation: string; at: number },
): Author => ({
  at,
  request: requestId,
  operation,
  actorId: userId,
  actorRole: role,
  address: addressOf(request.headers),
  country: countryOf(request.cf),
  userAgent: request.headers.get('user-agent')?.slice(0, LONGEST_AGENT) ?? null,
});
