import * as v from 'valibot';
import { idSchema } from '../ids.ts';
import { page, PageQuery } from './page.ts';

export const roles = ['viewer', 'moderator', 'editor', 'admin'] as const;
export type Role = (typeof roles)[number];

export const SignIn = v.object({
  email: v.pipe(
    v.string(),
    v.trim(),
    v.toLowerCase(),
    v.email('that is not an e-mail address'),
    v.maxLength(254),
  ),
  password: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
});
export const SignUp = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80)),
  email: SignIn.entries.email,
  /** NIST SP 800-63B §3.1.1.2: length is what counts. */
  password: v.pipe(v.string(), v.minLength(10, 'use at least 10 characters'), v.maxLength(200)),
});

/** `GET /api/me`. */
export const Me = v.object({ id: v.string(), name: v.string(), email: v.string(), role: v.picklist(roles) });
export type Me = v.InferOutput<typeof Me>;

/** `POST /api/auth/token`: a bearer for players, scripts and tools, from a signed-in session. */
export const AccessToken = v.object({ token: v.string(), expiresAt: v.number() });

/** Somebody as admins see them. */
export const Person = v.object({ ...Me.entries, createdAt: v.number() });
export type Person = v.InferOutput<typeof Person>;
/** `GET /api/admin/users`: by the beginning of the e-mail address. */
export const PersonQuery = v.object({
  ...PageQuery,
  email: v.optional(v.pipe(v.string(), v.trim(), v.toLowerCase(), v.maxLength(254))),
});
export const PersonPage = page(Person);
/** `PATCH /api/admin/users/:id`. */
export const PersonId = v.object({ id: idSchema('user') });
export const PersonChange = v.object({ role: v.picklist(roles) });
