/** The bytes of the given rows, in their order, each replaced by its place where places are given. */
export function takeBytes(bytes: Uint8Array, rows: Int32Array, places?: Uint8Array): Uint8Array {
  const taken = new Uint8Array(rows.length)
  takeBytesInto(taken, { bytes, rows, places })
  return taken
}

/** The same, written into an array of as many bytes as there are rows. */
export function takeBytesInto(taken: Uint8Array, { bytes, rows, places }: { bytes: Uint8Array; rows: Int32Array; places: Uint8Array | undefined }): void {
  if (places) for (let i = 0; i < rows.length; i++) taken[i] = places[bytes[rows[i] as number] as number] as number
  else for (let i = 0; i < rows.length; i++) taken[i] = bytes[rows[i] as number] as number
}
