import { useId, useLayoutEffect, useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { OptionAnswer } from '#sdk/client'
import { ScaleHead, scaleOf } from '#studio/components/interval-row.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { useKeys } from '#studio/lib/use-keys.ts'
import { OptionRow } from './option-row.tsx'
import { gainOf, groupWords, type OptionGroup } from './option-verdict.ts'
import { thousandths } from '#studio/lib/numbers.ts'
import { thousandthTick } from '#studio/lib/scales.ts'
import styles from './option-list.module.css'

interface OptionListProps {
  readonly groups: readonly OptionGroup[]
  readonly many: boolean
  readonly taken: readonly number[]
  readonly selected: number | null
  readonly disabled: boolean
  readonly onSelect: (option: OptionAnswer) => void
  readonly onToggle: (option: OptionAnswer) => void
  /** How a gain is written, and its name in the head; as it is without. */
  readonly gains?: { readonly head: string; readonly write: (value: number, bounds: readonly [number, number]) => string; readonly tick?: (value: number, ticks: readonly number[]) => string }
  /** The verdict of an option, where the phase has words of its own for it. */
  readonly verdictOf?: (option: OptionAnswer) => ReactNode
}

/** Options grouped by verdict, on one scale. The list is one tab stop; J, K and the arrows move inside. */
export function OptionList({ groups, many, taken, selected, disabled, onSelect, onToggle, gains = plainGains, verdictOf }: OptionListProps) {
  const body = useRef<HTMLTableElement>(null)
  const name = useId()
  // Rows are drawn anew only where they themselves change, so what they call stays the same and finds the latest.
  const latest = useRef({ onSelect, onToggle, verdictOf })
  useLayoutEffect(() => {
    latest.current = { onSelect, onToggle, verdictOf }
  })
  const calls = useMemo(() => ({ select: (option: OptionAnswer) => latest.current.onSelect(option), toggle: (option: OptionAnswer) => latest.current.onToggle(option), verdict: (option: OptionAnswer) => latest.current.verdictOf?.(option) }), [])
  const inOrder = groups.flatMap(({ options }) => options)
  const scale = useMemo(() => {
    const gains = groups.flatMap(({ options }) => options.map(gainOf)).flatMap((gain) => (gain === null ? [] : [gain.interval]))
    return gains.length === 0 ? null : scaleOf(gains)
  }, [groups])
  const move = (by: number) => {
    const next = inOrder[Math.min(inOrder.length - 1, Math.max(0, inOrder.findIndex(({ index }) => index === selected) + by))]
    if (next === undefined) return
    onSelect(next)
    body.current?.querySelector<HTMLElement>(`[data-option="${next.index}"]`)?.focus()
  }
  useKeys({ j: () => move(1), k: () => move(-1) })
  const arrows = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    move(by)
  }
  const axis = scale === null ? null : <ScaleHead scale={scale} write={gains.tick ?? ((value) => gains.write(value, [scale.low, scale.high]))} />
  return (
    <Panel flush label="Options" footer={scale === null ? undefined : 'Dot: estimate. Line: 95 % interval. Hollow and grey: the interval covers zero.'}>
      {axis === null ? null : <div className={styles.scale} aria-hidden="true"><span className="sub">{gains.head}</span>{axis}</div>}
      <table ref={body} className={`list ${styles.options} ${scale === null ? styles.plain : ''}`} onKeyDown={arrows}>
        <thead>
          <tr>
            <th scope="col" className={styles.tick}><span className="hide">Take</span></th>
            <th scope="col">Option</th>
            {scale === null ? null : <th scope="col" className={styles.plot}><span className="hide">Interval</span>{axis}</th>}
            {scale === null ? null : <th scope="col" className="num">{gains.head}</th>}
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        {groups.map(({ group, words = groupWords[group], options }) => (
          <tbody key={words.title}>
            <tr className="grp"><th scope="rowgroup" colSpan={scale === null ? 3 : 5}><b>{words.title}</b> {words.text}</th></tr>
            {options.map((option) => (
              <OptionRow key={option.index} option={option} group={group} many={many} name={name} taken={taken.includes(option.index)} selected={option.index === selected} disabled={disabled} write={gains.write} scale={scale} verdictOf={calls.verdict} onSelect={calls.select} onToggle={calls.toggle} />
            ))}
          </tbody>
        ))}
      </table>
    </Panel>
  )
}

const plainGains = { head: 'Gain × 0.001 [95 %]', write: thousandths, tick: thousandthTick }
