/** What has become of a notice: nothing yet; what it names was taken down; it was turned down. */
export const noticeStates = ['received', 'acted', 'rejected'] as const;

/** How long each part of a notice may be, in UTF-16 units; `addresses`: how many. */
export const noticeLimits = {
  work: 5_000,
  addresses: 100,
  address: 500,
  name: 200,
  onBehalfOf: 200,
  postalAddress: 1_000,
  telephone: 50,
  signature: 200,
} as const;
