import type { HeapInfo } from 'node:v8'
import type { Worker } from 'node:worker_threads'

export const megabyte = 1024 * 1024

/**
 * Room above the limit that the engine gets. At its own limit V8 ends a thread only where small pieces push it over; one
 * large array that does not fit any more ends the whole process. So its limit lies out of reach of the usual array
 * growth, and ours is watched from outside. More room than this would make V8 put off collecting garbage.
 */
export const headroomMb = 1024

/** How often a thread at work is measured. */
const intervalMilliseconds = 100
/** Measures in a row above the limit that count as a breach: garbage not yet collected passes sooner. */
const measuresAbove = 5

export interface MemoryWatch {
  /** Bytes at the last measure: JavaScript heap and the buffers that belong to the thread. */
  readonly lastBytes: () => number
  stop(): void
}

interface WatchInput {
  readonly worker: Worker
  readonly limitBytes: number
  readonly breach: () => void
}

/** Watches what a thread uses while it does a job, and calls `breach` when it stays above the limit. */
export function watchMemory({ worker, limitBytes, breach }: WatchInput): MemoryWatch {
  let lastBytes = 0
  let above = 0
  let isAsking = false
  let isOver = false
  const timer = setInterval(async () => {
    // A thread inside one long native call answers late; questions must not pile up.
    if (isAsking) return
    isAsking = true
    const bytes = await measure(worker)
    isAsking = false
    if (isOver || bytes === undefined) return
    lastBytes = bytes
    above = bytes > limitBytes ? above + 1 : 0
    if (above >= measuresAbove || bytes > limitBytes + (headroomMb / 2) * megabyte) {
      stop()
      breach()
    }
  }, intervalMilliseconds)
  timer.unref()
  function stop(): void {
    isOver = true
    clearInterval(timer)
  }
  return { lastBytes: () => lastBytes, stop }
}

async function measure(worker: Worker): Promise<number | undefined> {
  try {
    const info: HeapInfo = await worker.getHeapStatistics()
    return info.used_heap_size + info.external_memory
  } catch {
    // It has ended meanwhile.
    return undefined
  }
}
