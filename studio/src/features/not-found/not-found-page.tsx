import { Link } from '@tanstack/react-router'
import { buttonClass } from '#studio/components/button.tsx'
import { EmptyState } from '#studio/components/empty-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { useTitle } from '#studio/lib/use-title.ts'

export function NotFoundPage() {
  useTitle('No such page')
  return (
    <>
      <h1>There is no such page</h1>
      <Panel>
        <EmptyState glyph="skip" title="Nothing stands under this address" action={<Link className={buttonClass('firm')} to="/">Go to the inbox</Link>}>
          It may have been deleted, or the address was cut off.
        </EmptyState>
      </Panel>
    </>
  )
}
