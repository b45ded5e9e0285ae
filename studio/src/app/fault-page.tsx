import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'

/** What is shown where a page itself failed. */
export function FaultPage({ error }: { readonly error: unknown }) {
  return (
    <Panel>
      <ErrorState error={error} onRetry={() => globalThis.location.reload()} />
    </Panel>
  )
}
