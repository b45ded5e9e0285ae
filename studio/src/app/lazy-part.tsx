import { lazy, Suspense, type ComponentType } from 'react'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'

/** A part of a page that is loaded when it is first shown. */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const Part = lazy(async () => ({ default: await load() }))
  return function LazyPart(props: Props) {
    return (
      <Suspense fallback={<Panel flush><Skeleton rows={8} /></Panel>}>
        <Part {...props} />
      </Suspense>
    )
  }
}
