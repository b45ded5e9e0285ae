import { z } from 'zod'
import { sentStepSchema } from '#wire/pipeline-spec'

const stepsSchema = z.array(sentStepSchema)

/** Steps written by hand; where they cannot be read, why. */
export interface OwnSteps {
  readonly steps: z.infer<typeof stepsSchema> | null
  readonly fault: string | null
}

/** Reads what was written: the steps of a spec as JSON, or a whole spec. */
export function readOwnSteps(text: string): OwnSteps {
  if (text.trim() === '') return { steps: null, fault: null }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { steps: null, fault: `Your own steps are no JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
  const steps = stepsSchema.safeParse(typeof value === 'object' && value !== null && 'steps' in value ? value.steps : value)
  if (steps.success) return { steps: steps.data, fault: null }
  const first = steps.error.issues[0]
  return { steps: null, fault: `Your own steps need to be a list of {"id", "type", "columns", "params"}: ${first === undefined ? '' : `${first.path.join('.')} ${first.message}`}` }
}

