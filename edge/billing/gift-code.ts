import { sha256 } from '../platform/sha256.ts';

/** Crockford's base 32: no letter is taken for a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12; // 60 bits

/** A code as it is shown: `7K3M-9XQ2-VT4C`. @param entropy 12 random bytes */
export function giftCode(entropy: Uint8Array): string {
  let text = '';
  for (let i = 0; i < LENGTH; i++) text += `${i > 0 && i % 4 === 0 ? '-' : ''}${ALPHABET[entropy[i]! % 32]}`;
  return text;
}

/** What people type is what was meant: without hyphens and blanks, in any case, O for 0, I and L for 1. */
export const plainCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');

export const giftHash = (typed: string): Promise<string> => sha256(plainCode(typed));
