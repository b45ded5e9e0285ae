/**
 * Bytes of all buffers that a value refers to, shared ones too, each counted once. The memory limit of a thread counts
 * its JavaScript heap only, and buffers lie outside of it.
 */
export function countBufferBytes(value: unknown): number {
  const seen = new Set<object>()
  let bytes = 0
  const pending: unknown[] = [value]
  while (pending.length > 0) {
    const next = pending.pop()
    if (typeof next !== 'object' || next === null || seen.has(next)) continue
    seen.add(next)
    if (next instanceof ArrayBuffer || next instanceof SharedArrayBuffer) bytes += next.byteLength
    else if (ArrayBuffer.isView(next)) pending.push(next.buffer)
    else pushAll(pending, childrenOf(next))
  }
  return bytes
}

function childrenOf(value: object): Iterable<unknown> {
  if (Array.isArray(value)) return value
  if (value instanceof Map) return [...value.keys(), ...value.values()]
  if (value instanceof Set) return value
  return Object.values(value)
}

function pushAll(pending: unknown[], children: Iterable<unknown>): void {
  for (const child of children) if (typeof child === 'object' && child !== null) pending.push(child)
}
