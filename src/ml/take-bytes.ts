/** The bytes of the given rows, in their order, each replaced by its place where places are given. */
export function takeBytes(bytes: Uint8Array, rows: Int32Array, places?: Uint8Array): Uint8Array {
  const taken = new Uint8Array(rows.length)
  if (places) for (let i = 0; i < rows.length; i++) taken[i] = places[bytes[rows[i] as number] as number] as number
  else for (let i = 0; i < rows.length; i++) taken[i] = bytes[rows[i] as number] as number
  return taken
}
