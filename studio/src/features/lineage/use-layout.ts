import { useEffect, useState } from 'react'
import type { Graph } from './graph-model.ts'
import { layOut, type Layout } from './layout.ts'

interface Laid {
  readonly layout: Layout | null
  readonly error: unknown
}

/** Where the nodes stand. They are placed again only where other nodes or edges are there. */
export function useLayout(graph: Graph): Laid {
  const [laid, setLaid] = useState<Laid>({ layout: null, error: null })
  const shape = `${graph.nodes.map(({ id }) => id).join('\n')}\n\n${graph.edges.map(({ id }) => id).join('\n')}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: values of a row change no place.
  useEffect(() => {
    const stop = new AbortController()
    layOut(graph, stop.signal).then(
      (layout) => (stop.signal.aborted ? undefined : setLaid({ layout, error: null })),
      (error: unknown) => (stop.signal.aborted ? undefined : setLaid({ layout: null, error })),
    )
    return () => stop.abort()
  }, [shape])
  return laid
}
