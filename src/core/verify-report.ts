import { z } from 'zod'
import { canonicalJson } from './canonical-json.ts'
import { hashSchema, type Identity } from './hash.ts'
import { ledgerEventSchema, ledgerFault, type LedgerEvent } from './ledger.ts'

const decisionBlockSchema = z.object({
  kind: z.literal('decision'),
  phase: z.string(),
  event: z.object({ seq: z.int(), hash: hashSchema, decision_id: z.string(), revision: z.int() }).nullable(),
})

/** What a checker reads of a report; the rest of it is for readers. */
const checkedSchema = z.object({
  format: z.literal('signalbox-report'),
  title: z.string(),
  run: z.object({ run_id: z.string() }),
  results: z.object({ model_hash: hashSchema, metrics: z.record(z.string(), z.number()) }),
  sections: z.array(z.object({ blocks: z.array(z.unknown()) })),
  proof: z.object({ ledger: z.array(ledgerEventSchema), artifacts: z.record(hashSchema, z.json()) }),
})
type Checked = z.infer<typeof checkedSchema>

/** What a report says of itself that holds, and what does not. */
export interface ReportCheck {
  readonly title: string
  readonly run_id: string
  readonly events: number
  /** Of the last event: to be compared with what the machine that made the report says. */
  readonly head: string
  readonly decisions: number
  readonly artifacts: number
  /** Numbers that the page shows; 0 of a JSON file. */
  readonly numbers: number
  /** Sentences; empty where all holds. */
  readonly faults: readonly string[]
}

/** Checks a report by what it carries, without a network; undefined where the text is no report. */
export function checkReport(text: string, sha256: Identity['sha256']): ReportCheck | undefined {
  const isPage = text.startsWith('<!doctype html>')
  const read = checkedSchema.safeParse(parsed(isPage ? embeddedJson(text) : text))
  if (!read.success) return undefined
  const report = read.data
  const { ledger, artifacts } = report.proof
  const numbers = isPage ? shownNumbers(text) : []
  const faults = [
    ...chainFaults(report, sha256),
    ...Object.entries(artifacts).flatMap(([hash, value]) => (sha256(canonicalJson(value)) === hash ? [] : [`The artifact ${hash} is not what its hash says.`])),
    ...decisionFaults(report),
    ...resultFaults(report),
    ...numberFaults(numbers, isPage ? embeddedJson(text) : ''),
  ]
  return { title: report.title, run_id: report.run.run_id, events: ledger.length, head: ledger.at(-1)?.hash ?? '', decisions: decisionsOf(report).length, artifacts: Object.keys(artifacts).length, numbers: numbers.length, faults }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const opening = '<script type="application/json" id="signalbox-report">'

function embeddedJson(page: string): string {
  const start = page.indexOf(opening)
  return start < 0 ? '' : page.slice(start + opening.length, page.indexOf('</script>', start))
}

function chainFaults({ proof, run }: Checked, sha256: Identity['sha256']): string[] {
  if (proof.ledger.length === 0) return ['The report carries no ledger.']
  const fault = ledgerFault(proof.ledger, sha256)
  const foreign = proof.ledger.some(({ stream }) => stream !== `run:${run.run_id}`) ? ['The ledger is that of another run.'] : []
  return fault === null ? foreign : [`Event ${fault.seq} of the ledger does not hold: ${fault.text}.`, ...foreign]
}

function decisionsOf({ sections }: Checked): z.infer<typeof decisionBlockSchema>[] {
  return sections.flatMap(({ blocks }) => blocks.flatMap((block) => decisionBlockSchema.safeParse(block).data ?? []))
}

const madeSchema = z.object({ phase: z.string(), decision_id: z.string(), revision: z.int() })

/** Each decision that is told must be one of the ledger. */
function decisionFaults(report: Checked): string[] {
  return decisionsOf(report).flatMap(({ phase, event }) => {
    const found = event === null ? undefined : report.proof.ledger.find(({ seq }) => seq === event.seq)
    const made = found?.type === 'decision-made' ? madeSchema.safeParse(parsed(found.payload)).data : undefined
    const holds = made !== undefined && event !== null && found?.hash === event.hash && made.decision_id === event.decision_id && made.revision === event.revision && made.phase === phase
    return holds ? [] : [`The decision of ${phase} is not in the ledger.`]
  })
}

const reachedSchema = z.object({ phase: z.literal('model_training'), outcome: hashSchema })
const trainedSchema = z.object({ model: hashSchema, test_metrics: z.record(z.string(), z.object({ value: z.number() })) })

/** Model and measures must be those of the outcome that the ledger names. */
function resultFaults({ results, proof }: Checked): string[] {
  const reached = proof.ledger.flatMap((event: LedgerEvent) => (event.type === 'outcome-reached' ? (reachedSchema.safeParse(parsed(event.payload)).data ?? []) : [])).at(-1)
  const trained = trainedSchema.safeParse(reached === undefined ? undefined : proof.artifacts[reached.outcome]).data
  if (trained === undefined) return ['The ledger names no outcome of training that the report carries.']
  const model = trained.model === results.model_hash ? [] : ['The model of the report is not the one that the ledger names.']
  const differing = Object.entries(results.metrics).filter(([name, value]) => trained.test_metrics[name]?.value !== value)
  return [...model, ...differing.map(([name]) => `The measure ${name} is not the one that the ledger names.`)]
}

function shownNumbers(page: string): string[] {
  return [...page.slice(0, page.indexOf(opening)).matchAll(/<data value="([^"]*)"/gu)].map(([, value = '']) => value)
}

/** Every number that the page shows must stand in its JSON. */
function numberFaults(shown: readonly string[], json: string): string[] {
  if (shown.length === 0) return []
  const known = new Set((json.match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gu) ?? []).map(Number))
  const strange = shown.filter((value) => !known.has(Number(value)))
  return strange.length === 0 ? [] : [`The page shows ${strange.length} numbers that its JSON does not have; the first is ${strange[0]}.`]
}
