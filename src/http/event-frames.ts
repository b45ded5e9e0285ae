import type { RunStreamFrame } from '#wire/run-event'

const heartbeatMs = 15_000

/** Frames as the text of Server-Sent Events, with a comment whenever nothing was said for a while, so that nobody in between hangs up. */
export async function* eventFrames(frames: AsyncIterable<RunStreamFrame>, signal: AbortSignal): AsyncGenerator<string> {
  const source = frames[Symbol.asyncIterator]()
  try {
    // Said at once, so that the headers go out before the first event comes.
    yield 'retry: 1000\n: connected\n\n'
    let next = source.next()
    while (!signal.aborted) {
      const come = await within(next, signal)
      if (signal.aborted || come?.done === true) return
      if (come === null) yield ': still here\n\n'
      else {
        yield frameText(come.value)
        next = source.next()
      }
    }
  } finally {
    // The source may be waiting; it is let go by the signal, not waited for.
    void source.return?.()?.catch(() => undefined)
  }
}

/** What comes, or null where nothing came in time or the stream is to stop. */
async function within<T>(next: Promise<T>, signal: AbortSignal): Promise<T | null> {
  const quiet = Promise.withResolvers<null>()
  const stop = () => quiet.resolve(null)
  const timer = setTimeout(stop, heartbeatMs)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([next, quiet.promise])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

/** JSON holds no line break, so that nothing in it can end the frame. */
function frameText(frame: RunStreamFrame): string {
  const id = 'seq' in frame ? `id: ${frame.seq}\n` : ''
  return `${id}event: ${frame.type}\ndata: ${JSON.stringify(frame)}\n\n`
}
