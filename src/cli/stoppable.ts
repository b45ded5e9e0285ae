import { CommandFailure } from './failure.ts'

/** Lets Ctrl-C end work on a file, so that its temporary files go; once they are gone it ends the process as usual. */
export async function stoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const onSignal = () => stop.abort(new CommandFailure('Stopped.', { exitCode: 130 }))
  process.once('SIGINT', onSignal)
  process.once('SIGTERM', onSignal)
  try {
    return await work(stop.signal)
  } finally {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
}
