import type { Role } from '../../schema/api/accounts.ts';
import type { Platform } from '../platform/platform.ts';
import type { Author } from '../platform/written-down.ts';

/** Who asks. Null in `c.var.actor()` where nobody is signed in. */
export type Actor = {
  userId: string;
  name: string;
  email: string;
  /** Whether they have shown that the address is theirs. Another issuer's people have, unless it says otherwise. */
  emailVerified: boolean;
  role: Role;
  /** The built-in issuer's session behind the token. */
  sessionId?: string;
  /** When they last showed that it is they, ms UTC: on signing in, or since (ADR 0075). Left out: their token does not say. */
  provedAt?: number;
};

/** What every handler sees. Bindings are wired in app.ts; slices use `c.var.platform`. */
export type AppEnv = {
  Bindings: Env;
  Variables: {
    requestId: string;
    platform: Platform;
    /** Somebody above viewer who is changing something: `platform.db` writes it down as theirs (ADR 0064). Null for everybody else. */
    author: Author | null;
    /** Makes whoever asks the author of what this request changes, as guards do. @param operation the route, `PATCH /api/admin/titles/:id` */
    writeDownAs: (actor: Actor, role: Role, operation: string) => void;
    /** Verified at most once a request, and only where a guard asks. */
    actor: () => Promise<Actor | null>;
    /** With whom an answer of the catalogue may be shared (edge/catalog/shared.ts); null: with nobody. */
    sharedWith: (inWords: boolean) => Promise<string | null>;
    /** The role somebody has now. A token says which one they had when it was made. */
    currentRole: (actor: Actor) => Promise<Role | null>;
    /** Whether they have turned on two-step sign-in, or have a passkey. */
    hasSecondFactor: (actor: Actor) => Promise<boolean>;
  };
};
