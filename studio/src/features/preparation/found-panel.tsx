import { Panel } from '#studio/components/panel.tsx'
import { counted } from '#studio/lib/numbers.ts'
import type { PreparationContext } from './profile.ts'

/** What was looked for: what is told without a step, and what was looked for and not found. */
export function FoundPanel({ context, options }: { readonly context: PreparationContext; readonly options: number }) {
  const told = context.told ?? []
  const notes = context.notes ?? []
  return (
    <Panel title={options === 0 && told.length === 0 ? 'Nothing was found that needs a step' : 'Told, without a step'}>
      <div className="stack">
        {told.map(({ detail }) => <p key={detail} className="soft">{detail}</p>)}
        {context.copies === undefined ? null : <p className="soft">{context.copies.text}</p>}
        {notes.length === 0 ? null : (
          <details>
            <summary className="sub">{counted(notes.length, 'check')} found nothing</summary>
            <ul className="stack">{notes.map((note) => <li key={note} className="sub">{note}</li>)}</ul>
          </details>
        )}
      </div>
    </Panel>
  )
}
