import * as v from 'valibot';

/* What @simplewebauthn/server reads closely; here only what makes it that. It refuses what is not. */

const Assertion = v.object({
  id: v.string(),
  rawId: v.string(),
  type: v.literal('public-key'),
  clientExtensionResults: v.record(v.string(), v.unknown()),
  response: v.object({ clientDataJSON: v.string(), authenticatorData: v.string(), signature: v.string() }),
});
const Attestation = v.object({
  ...Assertion.entries,
  response: v.object({
    clientDataJSON: v.string(),
    attestationObject: v.string(),
    transports: v.optional(
      v.array(v.picklist(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])),
      [],
    ),
  }),
});

const parsed = <S extends v.GenericSchema>(schema: S, response: unknown): v.InferOutput<S> | null => {
  const result = v.safeParse(schema, response);
  return result.success ? result.output : null;
};

/** The answer to a challenge to sign in by (W3C WebAuthn Level 3 §5.2.2); null: it is none. */
export const assertionIn = (response: unknown) => parsed(Assertion, response);
/** The answer to a challenge to make a passkey (§5.2.1). */
export const attestationIn = (response: unknown) => parsed(Attestation, response);
