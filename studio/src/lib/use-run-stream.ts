import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { RunEvent } from '#sdk/client'
import { client } from './client.ts'
import { runKey } from './run-queries.ts'

export interface RunProgress {
  /** Of the whole run, from 0 to 1. */
  readonly progress: number
  readonly message: string | null
}

export interface RunLive {
  readonly progress: RunProgress | null
  /** False once the stream is gone for good: the page then asks again by itself. */
  readonly connected: boolean
}

const unread = { progress: null, connected: true }

/**
 * Follows the events of a run: each one makes what was read of the run old, and progress is shown as it comes. The SDK
 * reconnects where it broke off, by the number of the last event.
 */
export function useRunStream(runId: string): RunLive {
  const queries = useQueryClient()
  const [live, setLive] = useState<RunLive>(unread)
  useEffect(() => {
    const stop = new AbortController()
    setLive(unread)
    const hear = (event: RunEvent) => {
      if (event.type === 'progress') setLive({ progress: event, connected: true })
      else void queries.invalidateQueries({ queryKey: runKey(runId) })
    }
    void follow(runId, stop.signal, hear).catch(() => {
      if (!stop.signal.aborted) setLive((before) => ({ ...before, connected: false }))
    })
    return () => stop.abort(new DOMException('the page was left', 'AbortError'))
  }, [runId, queries])
  return live
}

async function follow(runId: string, signal: AbortSignal, hear: (event: RunEvent) => void): Promise<void> {
  for await (const event of client.agentic.events(runId, { signal })) hear(event)
}
