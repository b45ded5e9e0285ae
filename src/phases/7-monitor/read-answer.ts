import { z } from 'zod'
import { canonicalJson } from '#core/canonical-json'
import type { Answer, Proposal } from '#core/decision'
import { accept, refuse, type Result } from '#core/errors'
import { findColumn, nearColumnNames } from '#core/find-column'
import { evidentlyRules, evidentlyTests } from '#ml/evidently-tests'
import type { MonitorSettings } from './monitor-document.ts'
import { type Basis, basisSchema, type MonitoringConfig, monitoringConfigSchema, type MonitoringDecision, type Way } from './schema.ts'

/** The fields that an answer to this proposal may give; goes out as JSON Schema. */
export function answerSchemaOf(proposal: Proposal): z.ZodType {
  return z.object({
    choice_index: z.int().min(0).max(proposal.options.length - 1).nullish().describe('Index of the way to watch.'),
    monitoring_config: monitoringConfigSchema.nullish().describe('What differs from the chosen option; {} takes the proposed one as it is.'),
    action: z.literal('skip').nullish().describe('Makes no monitor.'),
    skipped: z.boolean().nullish(),
    rationale: z.string().max(10_000).nullish().describe('Why this was decided; kept with the decision.'),
  })
}

/** Reads an answer against the open proposal: honoured in full, or refused with the reason. */
export function readAnswer(answer: Answer, proposal: Proposal): Result<MonitoringDecision> {
  const basis = basisSchema.parse(proposal.basis)
  const shape = checkShape(answer)
  if (!shape.ok) return shape
  const index = answer.choice_index ?? proposal.recommended_index ?? 0
  const way = basis.ways[index]
  if (way === undefined) return refuse('CHOICE_OUT_OF_RANGE', `choice_index is ${index}; the options are 0 to ${basis.ways.length - 1}.`)
  const config = readConfig(answer.monitoring_config ?? {})
  if (!config.ok) return config
  return decide(basis, way, config.value)
}

/** The recommended way as it was proposed. */
export function recommendedDecision(proposal: Proposal): MonitoringDecision | null {
  const read = readAnswer({ choice_index: proposal.recommended_index }, proposal)
  return read.ok ? read.value : null
}

const ownFields = ['choice_index', 'monitoring_config'] as const
const foreignFields = [
  'custom_value', 'label_type', 'apply_indices', 'skip_indices', 'selected_indices', 'selected_options', 'selected_features', 'monotonic_constraints', 'report_config', 'action',
] as const

function checkShape(answer: Answer): Result<null> {
  const foreign = foreignFields.filter((field) => isGiven(answer[field]))
  if (foreign.length > 0) return refuse('DECISION_INVALID', `monitoring_creation does not read ${foreign.join(', ')}; it reads ${ownFields.join(' and ')}, and action "skip".`)
  if (answer.done === false) return refuse('DECISION_INVALID', 'monitoring_creation is decided once; leave "done" out, or answer true.')
  if (ownFields.every((field) => (answer[field] ?? null) === null)) {
    return refuse('DECISION_INVALID', 'The answer chooses nothing: give choice_index, or monitoring_config ({} for the proposed monitor).')
  }
  return accept(null)
}

/** Clients send null, and some send empty lists or objects, for what they do not mean. */
function isGiven(value: unknown): boolean {
  return value !== null && value !== undefined && (typeof value !== 'object' || Object.keys(value).length > 0)
}

function readConfig(given: unknown): Result<MonitoringConfig> {
  const read = monitoringConfigSchema.safeParse(given)
  if (read.success) return accept(read.data)
  const reasons = read.error.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
  return refuse('CUSTOM_REFUSED', `monitoring_config is not accepted: ${reasons.join('; ')}.`)
}

function decide({ model, profile, inputs }: Basis, way: Way, config: MonitoringConfig): Result<MonitoringDecision> {
  const changes = Object.values(config).some((value) => value !== null && value !== undefined)
  if (way.settings === null) {
    return changes ? refuse('CUSTOM_REFUSED', 'The chosen option makes no monitor, so monitoring_config has nothing to change; choose another option with it.') : accept({ model, profile, settings: null, measured: null })
  }
  const columns = config.columns == null ? accept([...way.settings.columns]) : readColumns(config.columns, inputs)
  if (!columns.ok) return columns
  const settings: MonitorSettings = {
    columns: columns.value,
    prediction: config.prediction ?? way.settings.prediction,
    false_alarm_rate: config.false_alarm_rate ?? way.settings.false_alarm_rate,
    schedule: config.schedule ?? way.settings.schedule,
    alert_share: config.alerts?.drifted_share ?? way.settings.alert_share,
    method: config.method ?? way.settings.method,
    evidently: config.evidently ?? way.settings.evidently,
    alert: { false_alert_rate: config.alerts?.false_alert_rate ?? way.settings.alert.false_alert_rate, in_checks: config.alerts?.in_checks ?? way.settings.alert.in_checks },
  }
  if (settings.columns.length === 0 && !settings.prediction) return refuse('CUSTOM_REFUSED', 'Neither a column nor the prediction would be watched; answer with action "skip" to make no monitor.')
  const fits = checkEvidentlySettings(settings)
  if (!fits.ok) return fits
  return accept({ model, profile, settings, measured: testsAlike(settings, way.settings) ? way.measured : null })
}

/** Each kind of column has tests of its own. */
export function checkEvidentlySettings({ evidently }: MonitorSettings): Result<null> {
  for (const [kind, chosen] of [['num', evidently.num_method], ['cat', evidently.cat_method]] as const) {
    if (chosen === null || evidentlyRules[chosen].kinds.includes(kind)) continue
    const known = evidentlyTests.filter((name) => evidentlyRules[name].kinds.includes(kind))
    return refuse('CUSTOM_REFUSED', `evidently.${kind}_method is "${chosen}", which does not test ${kind === 'num' ? 'numbers' : 'categories'}; choose among ${known.join(', ')}.`)
  }
  return accept(null)
}

/** Whether two settings alarm on the same batches, whenever these come. */
function testsAlike(one: MonitorSettings, other: MonitorSettings): boolean {
  const tested = ({ columns, prediction, false_alarm_rate }: MonitorSettings) => canonicalJson({ columns, prediction, false_alarm_rate })
  return tested(one) === tested(other)
}

/** The named inputs in the order of the model. */
export function readColumns(names: readonly string[], inputs: readonly string[]): Result<string[]> {
  const columns = inputs.map((input) => ({ name: input }))
  const chosen = new Set<string>()
  for (const written of names) {
    const found = findColumn(columns, written)
    if (found === undefined) {
      const near = nearColumnNames(columns, written)
      const hint = near.length > 0 ? near : inputs.slice(0, 8)
      return refuse('CUSTOM_REFUSED', `The model reads no column "${written}"${hint.length === 0 ? '' : `; it reads for example ${hint.map((input) => `"${input}"`).join(', ')}`}.`)
    }
    chosen.add(found.name)
  }
  return accept(inputs.filter((input) => chosen.has(input)))
}
