import type { PhaseName } from '#core/phase-names'

const titles: Readonly<Record<PhaseName, string>> = {
  data_preparation: 'data preparation',
  label_selection: 'label selection',
  feature_engineering: 'feature engineering',
  model_training: 'model training',
  model_deployment: 'deployment',
  report_creation: 'the report',
  monitoring_creation: 'monitoring',
}

export function phaseTitle(phase: PhaseName): string {
  return titles[phase]
}

/** A number with four significant digits, whole numbers with all of theirs. */
export function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)))
}

export function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`
}

/** With its sign, for parts of a sum. */
export function signed(value: number): string {
  return value < 0 ? figure(value) : `+${figure(value)}`
}

const longestName = 200

/**
 * A name or value out of the user's data, quoted on one line, so that nothing in it can be taken for a part of the
 * answer. What would end the line or turn its direction is shown as a replacement character.
 */
export function quoted(text: string): string {
  const line = text.replaceAll(/[\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
  return JSON.stringify(line.length > longestName ? `${line.slice(0, longestName)}…` : line)
}

/** "a", "a and b", "a, b and 3 more". */
export function list(items: readonly string[], most = 8): string {
  const shown = items.slice(0, most)
  const rest = items.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`
}

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
}

/** With a capital, to begin a line. */
export function headline(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}

/** 2026-03-01 09:30 UTC. */
export function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
}
