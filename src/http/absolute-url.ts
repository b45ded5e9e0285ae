import type { FastifyRequest } from 'fastify'

const plainHost = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i

/**
 * The address of a path of this server as the client can fetch it. The Host header builds it and serves nothing else;
 * where it is not a host, the address that the connection came in on does.
 */
export function absoluteUrl(request: FastifyRequest, path: string, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return new URL(path, publicUrl).href
  const host = plainHost.test(request.host) ? request.host : localHost(request)
  return new URL(path, `${request.protocol}://${host}`).href
}

function localHost({ socket }: FastifyRequest): string {
  const address = socket.localAddress ?? '127.0.0.1'
  return `${address.includes(':') ? `[${address}]` : address}:${socket.localPort}`
}
