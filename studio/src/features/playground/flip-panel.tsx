import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { DeploymentFormAnswer, WhatIfAnswer } from '#sdk/client'
import { Button } from '#studio/components/button.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Glyph } from '#studio/components/signal.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { client } from '#studio/lib/client.ts'
import { plain, share } from '#studio/lib/numbers.ts'
import type { RawRow } from './playground-queries.ts'
import styles from './playground.module.css'

interface FlipPanelProps {
  readonly form: DeploymentFormAnswer
  readonly row: RawRow
  readonly onTake: (row: RawRow) => void
}

/** The cheapest changes of this row that flip the prediction. What a person says cannot be changed is never proposed. */
export function FlipPanel({ form, row, onTake }: FlipPanelProps) {
  const [fixed, setFixed] = useState<readonly string[]>([])
  const ask = useMutation({
    mutationFn: () => client.models.whatIf(form.version_id, { row, immutable: [...fixed], alternatives: 4, ...(form.threshold === null ? {} : { threshold: form.threshold }) }),
  })
  const { reset } = ask
  // An answer is about the row that was asked for, and no other.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row and the fixed columns are what makes it old.
  useEffect(() => reset(), [row, fixed, reset])
  if (form.task === 'regression') return null
  return (
    <Panel flush title="What would flip it" aside={<Button look="quiet" disabled={ask.isPending} onClick={() => ask.mutate()}>{ask.isPending ? 'Searching' : 'Search'}</Button>} footer={<Held form={form} fixed={fixed} onChange={setFixed} />}>
      {ask.isError ? <div className={styles.none}><ErrorState error={ask.error} /></div> : ask.data === undefined ? (
        <p className={`soft ${styles.none}`}>The fewest and smallest changes of this row that lead to the other answer.</p>
      ) : <Changes answer={ask.data} row={row} binary={form.task === 'binary'} onTake={onTake} />}
    </Panel>
  )
}

interface ChangesProps {
  readonly answer: WhatIfAnswer
  readonly row: RawRow
  readonly binary: boolean
  readonly onTake: (row: RawRow) => void
}

function Changes({ answer, row, binary, onTake }: ChangesProps) {
  const { alternatives, nearest, text, base } = answer
  const shown = alternatives.length > 0 ? alternatives : nearest === null ? [] : [nearest]
  return (
    <>
      <p className={`soft ${styles.none}`} role="status">{text}</p>
      <ul className={styles.flips}>
        {shown.map((found) => (
          <li key={JSON.stringify(found.changes)}>
            <button type="button" onClick={() => onTake({ ...row, ...Object.fromEntries(found.changes.map(({ column, to }) => [column, to])) })}>
              <span className="grow">
                {found.changes.map(({ column, from, to }) => <span key={column} className={styles.change}><code>{column}</code> <span className="sub">{cellText(from)} → {cellText(to)}</span></span>)}
                {found.warnings.map(({ text: warning }) => <span key={warning} className="sub">{warning}</span>)}
              </span>
              <span className="num"><b className="strong">{binary && found.proba !== undefined ? share(found.proba) : String(found.pred)}</b>{binary && found.proba !== undefined && base.proba !== undefined ? <span className="sub"> from {share(base.proba)}</span> : null}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

function cellText(value: unknown): string {
  return value === null || value === undefined ? 'missing' : typeof value === 'number' ? plain(value) : String(value)
}

interface HeldProps {
  readonly form: DeploymentFormAnswer
  readonly fixed: readonly string[]
  readonly onChange: (fixed: readonly string[]) => void
}

function Held({ form, fixed, onChange }: HeldProps) {
  return (
    <details>
      <summary className="row"><Glyph name="lock" /><span>{fixed.length === 0 ? 'Every column may change. Say which may not.' : `${fixed.join(', ')} cannot be changed.`}</span></summary>
      <div className={styles.fixed}>
        {form.fields.map(({ name }) => (
          <label key={name}><input type="checkbox" checked={fixed.includes(name)} onChange={(event) => onChange(event.target.checked ? [...fixed, name] : fixed.filter((one) => one !== name))} /> <code>{name}</code></label>
        ))}
      </div>
    </details>
  )
}
