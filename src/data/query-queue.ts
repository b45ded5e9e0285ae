/**
 * Lets a fixed number of queries run at once, first come, first served. Each running query holds one of libuv's four
 * threads: with more of them than that, every read of a file in the process would wait behind the queries.
 */
export interface QueryQueue {
  run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>
}

interface Waiting {
  enter(): void
}

export function queryQueue(atOnce: number): QueryQueue {
  const waiting: Waiting[] = []
  let running = 0

  function leave(): void {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next.enter()
  }

  function turn(signal: AbortSignal): Promise<void> {
    if (running < atOnce) {
      running += 1
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        waiting.splice(waiting.indexOf(place), 1)
        reject(signal.reason)
      }
      const place: Waiting = {
        enter() {
          signal.removeEventListener('abort', giveUp)
          resolve()
        },
      }
      signal.addEventListener('abort', giveUp, { once: true })
      waiting.push(place)
    })
  }

  async function run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted()
    await turn(signal)
    try {
      signal.throwIfAborted()
      return await work()
    } finally {
      leave()
    }
  }

  return { run }
}
