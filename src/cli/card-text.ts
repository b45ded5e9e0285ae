import { z } from 'zod'
import type { OptionAnswer, PendingDecision } from '#wire/pending-decision'
import { curveText } from './curve-text.ts'
import { wrap } from './wrap.ts'

export interface CardStyle {
  readonly width: number
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly accent: (text: string) => string
}

export const plainStyle: CardStyle = { width: 100, bold: (text) => text, dim: (text) => text, accent: (text) => text }

/** Colours where the terminal shows them. */
export function terminalStyle(stream: { isTTY?: boolean; columns?: number }): CardStyle {
  if (stream.isTTY !== true || process.env.NO_COLOR !== undefined) return plainStyle
  const sgr = (on: number, off: number) => (text: string) => `\u001b[${on}m${text}\u001b[${off}m`
  return { width: Math.max(40, Math.min(120, stream.columns ?? 100)), bold: sgr(1, 22), dim: sgr(2, 22), accent: sgr(36, 39) }
}

const titles: Readonly<Record<string, string>> = {
  data_preparation: 'Data preparation',
  label_selection: 'Label selection',
  feature_engineering: 'Feature engineering',
  model_training: 'Model training',
  model_deployment: 'Deployment',
  report_creation: 'Report',
  monitoring_creation: 'Monitoring',
}

export function phaseTitle(phase: string): string {
  return titles[phase] ?? phase
}

/** A decision as a card: the question, each option with its evidence, intervals and risks, and how to answer. */
export function cardText(card: PendingDecision, style: CardStyle): string {
  const rule = '─'.repeat(Math.max(4, style.width - phaseTitle(card.phase).length - 4))
  const head = `${style.accent('──')} ${style.bold(phaseTitle(card.phase))} ${style.accent(rule)}`
  const seconds = secondsSchema.parse(card.context.seconds ?? {})
  const options = card.options.map((option) => optionText(option, seconds[option.id], style))
  const none = card.options.length === 0 ? [style.dim('  Nothing was found to decide here.')] : []
  return ['', head, ...wrap(card.subject, { width: style.width, indent: '  ' }), ...notes(card, style), ...curveText(card, style), ...none, ...options.flat(), ''].join('\n')
}

const secondsSchema = z.record(z.string(), z.number()).catch({})

function optionText(option: OptionAnswer, seconds: number | undefined, style: CardStyle): string[] {
  const mark = option.recommended ? style.accent('★') : ' '
  const number = String(option.index + 1).padStart(3)
  const [first = '', ...rest] = wrap(option.title, { width: style.width - 6, indent: '' })
  return [
    '',
    `${number} ${mark} ${style.bold(first)}`,
    ...rest.map((line) => `      ${style.bold(line)}`),
    ...wrap(option.summary, { width: style.width, indent: '      ' }),
    ...option.evidence.flatMap(({ label, text }) => wrap(`${label}: ${text}`, { width: style.width, indent: '      · ', hang: '        ' })).map(style.dim),
    ...(seconds === undefined ? [] : [style.dim(`      · Time: ${seconds < 0.01 ? 'under 0.01' : seconds.toFixed(2)} s of one thread`)]),
    ...option.risks.flatMap((risk) => wrap(risk, { width: style.width, indent: '      ! ', hang: '        ' })),
  ]
}

/** The sentences that a phase puts beside its options. */
function notes(card: PendingDecision, style: CardStyle): string[] {
  const lists = [card.context.notes, card.context.limits]
  const sentences = [...lists.flatMap((list) => (Array.isArray(list) ? list.filter((note) => typeof note === 'string') : [])), ...chatNotes(card)]
  return sentences.flatMap((note) => wrap(note, { width: style.width, indent: '  – ', hang: '    ' })).map(style.dim)
}

const chatNotesSchema = z.array(z.looseObject({ text: z.string(), by: z.string() })).catch([])

/** Context that somebody gave in chat. */
function chatNotes(card: PendingDecision): string[] {
  return chatNotesSchema.parse(card.context.chat_notes ?? []).map(({ text, by }) => `${by} noted: ${text}`)
}
