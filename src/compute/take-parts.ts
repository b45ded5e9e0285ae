/** Parts of one piece of work that several threads take; how many are taken already lies in shared memory. */
export interface SharedParts {
  readonly parts: readonly unknown[]
  readonly taken: Int32Array
}

/** A part that was done, and where its result belongs. */
export interface DonePart {
  readonly index: number
  readonly value: unknown
}

/** A counter that threads share. */
export function noneTaken(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
}

/** Does parts until all are taken, by this thread or by others; which thread does which is left to chance. */
export async function takeParts({ parts, taken }: SharedParts, run: (part: unknown, own: number) => unknown): Promise<DonePart[]> {
  const done: DonePart[] = []
  for (;;) {
    const index = Atomics.add(taken, 0, 1)
    if (index >= parts.length) return done
    done.push({ index, value: await run(parts[index], done.length) })
  }
}
