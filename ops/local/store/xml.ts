/** The little XML that S3 speaks: elements with text, no attributes that matter. */
export type Element = [name: string, content: string | number | boolean | Element[]];

const escape = (text: string) => text.replaceAll(/[<>&"]/g, (c) => `&#${c.charCodeAt(0)};`);
const write = ([name, content]: Element): string =>
  `<${name}>${Array.isArray(content) ? content.map(write).join('') : escape(String(content))}</${name}>`;
export const xml = (root: Element): string => `<?xml version="1.0" encoding="UTF-8"?>\n${write(root)}`;

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const unescape = (text: string) =>
  text.replaceAll(
    /&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g,
    (all, hex?: string, decimal?: string, name?: string) =>
      name ? (NAMED[name] ?? all) : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  );

/** Every `<name>…</name>` in a text, as it stands inside. */
export const blocks = (text: string, name: string): string[] =>
  [...text.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))].map((m) => m[1]!);
/** The text of the first `<name>`. */
export const field = (text: string, name: string): string | null => {
  const found = blocks(text, name)[0];
  return found === undefined ? null : unescape(found.trim());
};
