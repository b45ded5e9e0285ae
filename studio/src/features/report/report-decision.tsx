import { TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { Finding } from '#studio/components/finding.tsx'
import { OptionList } from '#studio/components/options/option-list.tsx'
import type { OptionGroup } from '#studio/components/options/option-verdict.ts'
import { Panel } from '#studio/components/panel.tsx'
import { Tag } from '#studio/components/tag.tsx'
import { useAct } from '#studio/lib/desk.ts'
import type { DecisionProps } from '#studio/lib/phase-feature.ts'
import { counted } from '#studio/lib/numbers.ts'
import { draftKey, useDraft } from '#studio/lib/use-draft.ts'
import { ChaptersPanel } from './chapters-panel.tsx'
import { reportAct } from './report-act.ts'
import { formats, reportContextOf, reportEffectOf, type Format, type ReportWish } from './report-card.ts'
import { ReportFrame } from './report-frame.tsx'
import { StatementsPanel } from './statements-panel.tsx'
import styles from './report.module.css'

const formatTitles: Readonly<Record<Format, string>> = { html: 'HTML, one file that runs offline', markdown: 'Markdown', json: 'JSON' }
const nothing: ReportWish = {}

/** Report: which one, with which chapters and statements, left; how it would read now, right. */
export function ReportDecision({ run, card }: DecisionProps) {
  const context = useMemo(() => reportContextOf(card), [card])
  const [taken, setTaken] = useDraft<number | null>(draftKey(card, 'taken'), card.recommended_index)
  const [wish, setWish] = useDraft<ReportWish>(draftKey(card, 'wish'), nothing)
  const desk = useAct(reportAct(card.options, taken, wish))
  const option = card.options.find(({ index }) => index === taken)
  const effect = option === undefined ? null : reportEffectOf(option)
  const groups = useMemo((): OptionGroup[] => [{ group: 'offered', words: { title: 'Reports', text: 'for whom it is written' }, options: card.options.map((one) => ({ ...one, evidence: [], summary: `${one.summary} ${one.evidence.find(({ label }) => label === 'contents')?.text ?? ''}` })) }], [card.options])
  const take = (index: number) => (desk.open ? setTaken(index) : undefined)
  const sections = wish.sections ?? effect?.sections ?? []
  const made = wish.formats ?? effect?.formats ?? []
  const choose = (next: readonly string[] | null) => setWish(({ sections: _before, ...rest }) => (next === null ? rest : { ...rest, sections: next }))
  const query = new URLSearchParams({ choice_index: String(taken ?? 0), ...(wish.sections === undefined ? {} : { sections: wish.sections.join(',') }) })
  return (
    <div className={styles.two}>
      <Finding>{`The run recorded enough for ${counted(context.chapters.length, 'chapter')}. ${counted(context.statements.length, 'statement')} only people can make; what nobody says is written as not provided.`}</Finding>
      <div className="stack loose">
        <OptionList groups={groups} many={false} taken={taken === null ? [] : [taken]} selected={taken} disabled={!desk.open} onSelect={({ index }) => take(index)} onToggle={({ index }) => take(index)} verdictOf={(one) => (one.recommended ? <Tag tone="clear" glyph="clear">recommended</Tag> : null)} />
        <Panel title="Title and formats">
          <div className="stack loose">
            <TextInput label="Title" placeholder={context.title} maxLength={200} disabled={!desk.open} value={wish.title ?? ''} onChange={(event) => setWish((before) => ({ ...before, title: event.target.value }))} />
            <ul className={styles.formats} aria-label="Formats">
              {formats.map((format) => <li key={format}><label><input type="checkbox" checked={made.includes(format)} disabled={!desk.open} onChange={() => setWish((before) => ({ ...before, formats: formats.filter((one) => (one === format ? !made.includes(one) : made.includes(one))) }))} /> {formatTitles[format]}</label></li>)}
            </ul>
          </div>
        </Panel>
        {context.chapters.length === 0 ? null : <ChaptersPanel chapters={context.chapters} taken={sections} usual={effect?.sections ?? []} disabled={!desk.open} onChange={choose} />}
        {context.statements.length === 0 ? null : <StatementsPanel statements={context.statements} said={wish.statements ?? {}} disabled={!desk.open} onChange={(name, text) => setWish((before) => ({ ...before, statements: { ...before.statements, [name]: text } }))} />}
      </div>
      <Panel flush title="As it would read now" aside="without this decision and your statements">
        {sections.length === 0 ? <p className={styles.none}>Choose at least one chapter.</p> : <ReportFrame src={`/v1/agentic/runs/${encodeURIComponent(run.run_id)}/report-preview?${query.toString()}`} title="Preview of the report" />}
      </Panel>
    </div>
  )
}
