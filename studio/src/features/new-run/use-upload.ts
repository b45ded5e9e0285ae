import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Signalbox, type DatasetAnswer } from '#sdk/client'
import { client } from '#studio/lib/client.ts'
import { progressFetch } from '#studio/lib/progress-fetch.ts'

/** Sends a file and reads what the server made of it. Leaving the page stops what has not arrived. */
export function useUpload() {
  const [share, setShare] = useState(0)
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(new DOMException('the page was left', 'AbortError')), [])
  const upload = useMutation({
    mutationFn: async (file: File): Promise<DatasetAnswer> => {
      const stopping = new AbortController()
      stop.current = stopping
      setShare(0)
      const sender = new Signalbox({ baseUrl: globalThis.location.origin, fetch: progressFetch(setShare) })
      const { dataset_id } = await sender.datasets.upload(file, { name: nameOf(file), fileName: file.name, signal: stopping.signal })
      return client.datasets.get(dataset_id, { signal: stopping.signal })
    },
  })
  return { ...upload, share }
}

/** What a table is called: its file without the ending. */
export function nameOf(file: File): string {
  return file.name.replace(/(\.\w{1,8}){1,2}$/, '') || file.name
}
