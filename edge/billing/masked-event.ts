/**
 * What in Stripe's objects is somebody's own affair: names, addresses, numbers of cards and of taxes, and what opens a page of theirs.
 * `customer_details`, `billing_details`, `shipping` and the like hold nothing else.
 */
const PERSONAL =
  /^(name|email|phone|address|description|receipt_email|last4|fingerprint|ip|ip_address|client_secret|hosted_invoice_url|invoice_pdf|receipt_url|url|evidence|tax_ids?|custom_fields|preferred_locales)$|^(customer|billing|shipping|payment_method)_(details|name|email|phone|address|shipping|tax_ids)$|^shipping$/;
const HIDDEN = '‹hidden›';

/** An event's body as staff sees it: what happened to which object, not who it is. What is empty stays so. */
export function maskedEvent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskedEvent);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]): [string, unknown] => [
      name,
      inner === null || !PERSONAL.test(name) ? maskedEvent(inner) : HIDDEN,
    ]),
  );
}
