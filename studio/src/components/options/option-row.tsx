import { memo, type KeyboardEvent, type ReactNode } from 'react'
import type { OptionAnswer } from '#sdk/client'
import { Breakable } from '#studio/components/breakable.tsx'
import { IntervalRow, type Scale } from '#studio/components/interval-row.tsx'
import { Tag } from '#studio/components/tag.tsx'
import { Tick } from '#studio/components/tick.tsx'
import { interval } from '#studio/lib/numbers.ts'
import { gainOf, type VerdictGroup } from './option-verdict.ts'
import styles from './option-list.module.css'

interface OptionRowProps {
  readonly option: OptionAnswer
  readonly group: VerdictGroup
  readonly many: boolean
  readonly name: string
  readonly taken: boolean
  readonly selected: boolean
  readonly disabled: boolean
  readonly onSelect: (option: OptionAnswer) => void
  readonly onToggle: (option: OptionAnswer) => void
  readonly write: (value: number, bounds: readonly [number, number]) => string
  /** One for all rows; null where no option has an interval. */
  readonly scale: Scale | null
  readonly verdictOf: (option: OptionAnswer) => ReactNode
}

/** One option: its tick, its name, its evidence on the scale of all, and the verdict. */
export const OptionRow = memo(function OptionRow({ option, group, many, name, taken, selected, disabled, onSelect, onToggle, write, scale, verdictOf }: OptionRowProps) {
  const gain = gainOf(option)
  const press = (event: KeyboardEvent) => {
    if (event.key !== ' ' || event.target !== event.currentTarget) return
    event.preventDefault()
    onToggle(option)
  }
  return (
    <tr data-option={option.index} aria-selected={selected} tabIndex={selected ? 0 : -1} onFocus={() => onSelect(option)} onClick={() => onSelect(option)} onKeyDown={press}>
      <td className={styles.tick}>
        <Tick kind={many ? 'checkbox' : 'radio'} name={name} checked={taken} disabled={disabled} label={`Take ${option.title}`} onChange={() => onToggle(option)} />
      </td>
      <td className={styles.name}>
        <span className="strong"><Breakable text={option.title} /></span>
        <span className="sub two-lines" title={option.summary}>{option.summary}</span>
      </td>
      {scale === null ? null : <Gain option={option} scale={scale} />}
      {scale === null ? null : <td className="num">{gain === null ? null : <>{write(gain.value, gain.interval)} <span className={styles.bounds}>{interval(gain.interval, (value) => write(value, gain.interval))}</span></>}</td>}
      <td className={styles.verdict}>{verdictOf(option) ?? <Verdict option={option} group={group} />}</td>
    </tr>
  )
})

function Gain({ option, scale }: { readonly option: OptionAnswer; readonly scale: Scale }) {
  const gain = gainOf(option)
  if (gain === null) return <td className={styles.plot}><span className="sub">not measured</span></td>
  const covers = gain.interval[0] <= 0 && gain.interval[1] >= 0
  return <td className={styles.plot}><IntervalRow scale={scale} value={gain.value} interval={gain.interval} look={covers ? 'covers' : 'clear'} /></td>
}

function Verdict({ option, group }: { readonly option: OptionAnswer; readonly group: VerdictGroup }) {
  if (group === 'recommended') return <Tag tone="clear" glyph="clear">recommended</Tag>
  if (group === 'risky') return <Tag tone="held" glyph="care">{option.risks.length === 1 ? 'a risk' : `${option.risks.length} risks`}</Tag>
  if (group === 'covers') return <Tag tone="plain" glyph="same">no distinguishable gain</Tag>
  return null
}
