import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { isBlockedAddress } from './blocked-addresses.ts'

/** Said to be the failure of a connection to an address that may not be called. */
export class BlockedAddress extends Error {}

/** All addresses of a name. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>

export const systemResolve: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => (error === null ? resolve(addresses) : reject(error)))
  })

/** The addresses of a host; rejects where one of them may not be called, so that a name cannot hide one among others. */
export async function allowedAddresses(host: string, { resolve, allowPrivate }: { resolve: Resolve; allowPrivate: boolean }): Promise<readonly LookupAddress[]> {
  const hostname = host.replace(/^\[(.*)\]$/, '$1')
  const family = isIP(hostname)
  const addresses = family === 0 ? await resolve(hostname) : [{ address: hostname, family }]
  if (addresses.length === 0) throw new Error('the name has no address')
  if (!allowPrivate && addresses.some(({ address }) => isBlockedAddress(address))) throw new BlockedAddress('the address is private, link-local or reserved')
  return addresses
}

/** A lookup for a socket that gives what was checked before: the name is not resolved a second time, so it cannot change in between. */
export function fixedLookup(addresses: readonly LookupAddress[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses
    if (options.all === true) callback(null, [...addresses])
    else callback(null, first?.address ?? '', first?.family ?? 4)
  }
}
