import type { Role } from '../../schema/api/accounts.ts';
import type { Platform } from '../platform/platform.ts';

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
};

/** What every handler sees. Bindings are wired in app.ts; slices use `c.var.platform`. */
export type AppEnv = {
  Bindings: Env;
  Variables: {
    requestId: string;
    platform: Platform;
    /** Verified at most once a request, and only where a guard asks. */
    actor: () => Promise<Actor | null>;
    /** With whom an answer of the catalogue may be shared (edge/catalog/shared.ts); null: with nobody. */
    sharedWith: (inWords: boolean) => Promise<string | null>;
    /** The role somebody has now. A token says which one they had when it was made. */
    currentRole: (actor: Actor) => Promise<Role | null>;
  };
};
