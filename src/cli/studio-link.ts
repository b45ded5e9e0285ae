/**
 * An address that opens the studio signed in. The key stands in the fragment, which a browser sends to nobody; the
 * page exchanges it for a session and takes it out of its address.
 */
export function studioLink(url: string, apiKey: string): string {
  return `${url}/#key=${encodeURIComponent(apiKey)}`
}
