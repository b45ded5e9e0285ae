import { runStreamFrameSchema, type LoggedRunEvent, type RunProgressEvent } from '#wire/run-event'
import { SignalboxApiError } from './api-error.ts'
import { pause } from './pause.ts'
import { readEventStream } from './read-event-stream.ts'

/** An event of the log of a run, or how far it is. */
export type RunEvent = LoggedRunEvent | RunProgressEvent

export interface EventsOptions {
  readonly signal?: AbortSignal
  /** The number of the last event that is known; what came after it is given out. */
  readonly after?: number
}

type Open = (after: number, signal: AbortSignal | undefined) => Promise<ReadableStream<Uint8Array>>

const pausesMs = [200, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000]

/**
 * The events of a run, each once and in order, until it has ended. A connection that breaks is made again where it
 * broke; only where that fails again and again does it reject.
 */
export async function* runEvents(open: Open, { signal, after = 0 }: EventsOptions): AsyncGenerator<RunEvent> {
  let last = after
  let failed = 0
  let connected = false
  for (;;) {
    signal?.throwIfAborted()
    try {
      for await (const data of readEventStream(await open(last, signal))) {
        connected = true
        failed = 0
        const frame = readFrame(data)
        if (frame === null) continue
        if (frame.type === 'end') return
        if ('seq' in frame) last = frame.seq
        yield frame
      }
    } catch (error) {
      signal?.throwIfAborted()
      if (!connected || !mayPass(error)) throw error
      if (failed >= pausesMs.length) throw error
    }
    await pause(pausesMs[Math.min(failed, pausesMs.length - 1)] ?? 0, signal)
    failed += 1
  }
}

/** A frame of a kind that this client does not know yet is passed over. */
function readFrame(data: string) {
  return runStreamFrameSchema.safeParse(JSON.parse(data)).data ?? null
}

/** Whether the server may only be away for a while. What a consumer throws passes through as it is. */
function mayPass(error: unknown): boolean {
  if (error instanceof SignalboxApiError) return error.status === 0 || error.status === 429 || error.status >= 500
  return error instanceof TypeError
}
