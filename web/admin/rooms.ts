import type { Role } from '../../schema/api/accounts.ts';
import type { PlaceName } from './places.ts';

const staff = ['editor', 'moderator', 'admin'] as const satisfies Role[];
const moderators = ['moderator', 'admin'] as const satisfies Role[];
const editors = ['editor', 'admin'] as const satisfies Role[];

/**
 * The rooms of the dashboard as the navigation lists them: their word is `room.<name>`. `for`: whose work is there; what each role may do
 * is the API's to say, this only spares people closed doors. `holds`: places that belong to it besides its own.
 */
export const rooms = [
  { name: 'overview', for: staff, holds: [] },
  { name: 'titles', for: editors, holds: ['new-title', 'title', 'title-part', 'episode', 'compare'] },
  { name: 'episodes', for: editors, holds: [] },
  { name: 'uploads', for: editors, holds: [] },
  { name: 'jobs', for: editors, holds: ['job'] },
  { name: 'storage', for: editors, holds: [] },
  {
    name: 'rights',
    for: editors,
    holds: ['licences', 'licence', 'licensors', 'licensor', 'world', 'ask'],
  },
  { name: 'moderation', for: moderators, holds: ['notice'] },
  { name: 'ads', for: ['admin'], holds: ['new-campaign', 'campaign'] },
  { name: 'people', for: ['admin'], holds: ['person', 'staff'] },
  { name: 'streams', for: ['admin'], holds: [] },
  { name: 'plans', for: ['admin'], holds: ['codes'] },
  { name: 'books', for: ['admin'], holds: ['usage', 'statements', 'statement', 'ledger'] },
  { name: 'stripe-events', for: ['admin'], holds: ['stripe-event'] },
  { name: 'audit', for: ['admin'], holds: [] },
] as const satisfies { name: PlaceName; for: readonly Role[]; holds: readonly PlaceName[] }[];
export type Room = (typeof rooms)[number];

/** The room that a place belongs to. */
export const roomOf = (place: PlaceName): Room | undefined =>
  rooms.find(({ name, holds }) => name === place || (holds as readonly PlaceName[]).includes(place));

export const worksHere = (role: Role): boolean => (staff as readonly Role[]).includes(role);
/** Those that somebody with this role works in. */
export const roomsOf = (role: Role | undefined): Room[] =>
  rooms.filter((room) => role !== undefined && (room.for as readonly Role[]).includes(role));
