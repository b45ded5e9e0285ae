/** Does the work again and again, never twice at once; the answer stops it and waits for the last time. */
export function repeat(work: () => Promise<unknown>, milliseconds: number): () => Promise<void> {
  let last: Promise<unknown> = Promise.resolve()
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    last = work().finally(() => {
      busy = false
    })
  }, milliseconds)
  return async () => {
    clearInterval(timer)
    await last
  }
}
