import { Signalbox } from '#sdk/client'

/** The API of the server that this page came from, with the session of the browser instead of a key. */
export const client = new Signalbox({ baseUrl: globalThis.location.origin })
