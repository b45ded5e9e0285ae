import { accept, type Result } from '#core/errors'
import type { NumberedRunEvent, RunWatch } from '#core/notice-ports'
import { isEnded } from '#core/run'
import type { LoggedRunEvent, RunProgressEvent, RunStreamEnd, RunStreamFrame } from '#wire/run-event'
import { ownRun } from './own-run.ts'
import type { ServiceInput } from './ports.ts'
import { currentPhase, progressOf } from './run-view.ts'
import type { RunEvents } from './signalbox.ts'

/** The events of a run: first what is in the log, then what comes, until the run has ended and everything was told. */
export function openRunEvents(input: ServiceInput): RunEvents {
  return {
    async stream(caller, runId, from): Promise<Result<AsyncIterable<RunStreamFrame>>> {
      const own = await ownRun(input, caller, runId)
      return own.ok ? accept(framesOf(input, { runId, ...from })) : own
    },
  }
}

interface From {
  readonly runId: string
  readonly after: number
  readonly signal: AbortSignal
}

async function* framesOf(input: ServiceInput, { runId, after, signal }: From): AsyncGenerator<RunStreamFrame> {
  // Watched before the first read, so that nothing falls between reading and waiting.
  const watch = await input.feed.watch(runId)
  const stop = () => watch.close()
  signal.addEventListener('abort', stop, { once: true })
  try {
    yield* follow(input, watch, { runId, after, signal })
  } finally {
    signal.removeEventListener('abort', stop)
    watch.close()
  }
}

async function* follow(input: ServiceInput, watch: RunWatch, { runId, after, signal }: From): AsyncGenerator<RunStreamFrame> {
  let last = after
  let told = ''
  while (!signal.aborted) {
    // The state is read before the events: whatever ended the run is then among them.
    const loaded = await input.runs.load(runId)
    let newest = 0
    for (const numbered of await input.feed.events(runId, last)) {
      yield frameOf(numbered)
      last = numbered.seq
      newest = numbered.seq
    }
    if (loaded === undefined) return yield endOf('deleted')
    // Events past the state that was read may have moved the run on: look again.
    if (newest > loaded.seq) continue
    if (isEnded(loaded.run)) return yield endOf(loaded.run.status)
    const progress = await progressFrame(input, runId)
    if (progress !== null && JSON.stringify(progress) !== told) {
      told = JSON.stringify(progress)
      yield progress
    }
    await watch.next()
  }
}

function endOf(status: RunStreamEnd['status']): RunStreamEnd {
  return { type: 'end', status }
}

async function progressFrame({ lists }: ServiceInput, runId: string): Promise<RunProgressEvent | null> {
  const row = await lists.get(runId)
  if (row?.run.status !== 'running') return null
  return { type: 'progress', progress: progressOf(row), phase: currentPhase(row.run), message: row.progress_text }
}

/** Blobs that no route hands out by their hash; an event without them is shorter and says as much. */
const inner = new Set(['texts', 'dataset', 'answer', 'decision', 'error', 'content', 'why', 'comparison'])

function frameOf({ seq, event }: NumberedRunEvent): LoggedRunEvent {
  const { type, at, actor, payload } = event
  const phase = 'phase' in payload ? payload.phase : null
  const shown: LoggedRunEvent['payload'] = JSON.parse(JSON.stringify(payload, (key, value) => (inner.has(key) ? undefined : value)))
  return { seq, type, at, actor, phase, payload: shown }
}
