/**
 * Lets everything else on this thread have its turn, and ends the work where it was cancelled in the meantime: called
 * between bounded pieces of a long computation.
 */
export async function takeTurn(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve)
  })
  signal.throwIfAborted()
}
