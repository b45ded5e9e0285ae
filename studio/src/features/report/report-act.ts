import type { OptionAnswer } from '#sdk/client'
import type { Act } from '#studio/lib/desk.ts'
import { counted } from '#studio/lib/numbers.ts'
import { reportEffectOf, type ReportWish } from './report-card.ts'

/** What accepting would do: the chosen report, with what was asked for otherwise. */
export function reportAct(options: readonly OptionAnswer[], taken: number | null, wish: ReportWish): Act {
  const option = options.find(({ index }) => index === taken)
  const effect = option === undefined ? null : reportEffectOf(option)
  if (option === undefined || effect === null) return { answer: {}, button: 'Choose one', title: 'Nothing is chosen yet.', differs: false, blocked: 'Choose one of the reports first.' }
  const said = Object.entries(wish.statements ?? {}).filter(([, text]) => text.trim() !== '')
  const sections = wish.sections ?? effect.sections
  const made = wish.formats ?? effect.formats
  const config = {
    ...(wish.title === undefined || wish.title.trim() === '' ? {} : { title: wish.title.trim() }),
    ...(wish.sections === undefined ? {} : { sections: [...wish.sections] }),
    ...(wish.formats === undefined ? {} : { formats: [...wish.formats] }),
    ...(wish.max_features === undefined ? {} : { max_features: wish.max_features }),
    ...(said.length === 0 ? {} : { statements: Object.fromEntries(said) }),
  }
  return {
    answer: { choice_index: option.index, ...(Object.keys(config).length === 0 ? {} : { report_config: config }) },
    button: `Write ${counted(sections.length, 'chapter')}`,
    title: `${option.title}: ${counted(sections.length, 'chapter')}, as ${made.map((format) => ({ html: 'HTML', markdown: 'Markdown', json: 'JSON' })[format]).join(', ')}.`,
    consequence: said.length === 0 ? 'What only people can say stands in it as “Not provided”. Further reports can be made later.' : `${counted(said.length, 'statement')} of yours in it. Further reports can be made later.`,
    // Statements and a title are what people add; only another selection differs from what is recommended.
    differs: !option.recommended || wish.sections !== undefined,
    blocked: sections.length === 0 ? 'Choose at least one chapter.' : made.length === 0 ? 'Choose at least one format.' : null,
  }
}
