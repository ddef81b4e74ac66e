/** What has to be known of an account before anything is sent to it. */
export type Readiness = {
  loggedIn: boolean;
  /** `[env.production.vars]`. */
  variables: Record<string, unknown>;
  /** Secrets that wrangler.toml requires, and those that are set. */
  required: readonly string[];
  set: readonly string[];
};

/** Values that wrangler.toml came with and that belong to nobody: an example's domain, an account that is not named. */
const isPlaceholder = (value: unknown): boolean =>
  typeof value === 'string' && /\bexample\.(com|org|net)\b|\/ACCOUNT\//.test(value);

/** Why a deploy can't begin, in one sentence that says what to do; null when it can. */
export function refusal({ loggedIn, variables, required, set }: Readiness): string | null {
  if (!loggedIn)
    return 'Wrangler is not logged in: run npx wrangler login, or set CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID.';
  // Where the Worker serves the files itself nobody asks for the CDN.
  const unused = variables['DELIVERY'] === 'edge' ? 'CDN_ORIGIN' : null;
  const placeholders = Object.keys(variables).filter(
    (name) => name !== unused && isPlaceholder(variables[name]),
  );
  if (placeholders.length)
    return `[env.production.vars] in wrangler.toml still has example values for ${placeholders.join(', ')}: put your own there.`;
  const missing = required.filter((name) => !set.includes(name));
  if (missing.length)
    return `These secrets are not set: ${missing.join(', ')}; set each with npx wrangler secret put NAME --env production (docs/deploy.md says what they are).`;
  return null;
}
