/**
 * Resolves at the first SIGINT or SIGTERM. A later one ends the process at once; one within the same second does not,
 * since a terminal and a parent process may both pass the same key press on.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let first = Number.NEGATIVE_INFINITY
    const stop = (code: number) => () => {
      if (first === Number.NEGATIVE_INFINITY) {
        first = performance.now()
        resolve()
      } else if (performance.now() - first > 1000) process.exit(code)
    }
    process.on('SIGINT', stop(130))
    process.on('SIGTERM', stop(143))
  })
}
