/** Where the network saw the request come from: never a header, which anybody can write. XX is unknown, T1 is Tor. */
export function countryOf(cf: Partial<IncomingRequestCfProperties> | undefined): string | null {
  const country: string | undefined = cf?.country;
  return country && /^[A-Z]{2}$/.test(country) && country !== 'XX' ? country : null;
}
