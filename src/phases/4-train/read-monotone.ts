import type { Answer } from '#core/decision'
import { accept, type Result, refuse } from '#core/errors'
import { findColumn } from '#core/find-column'
import { listNames } from './list-names.ts'
import { type Basis, type Directions, directionSchema } from './schema.ts'
import { monotoneHindrance, type TrainerName } from './trainers.ts'

interface Chosen {
  readonly trainer: TrainerName
  readonly features: readonly string[]
}

/** The directions that an answer asks for: the proposed ones where it says nothing, none where it gives `{}`. */
export function readMonotone(asked: Answer['monotonic_constraints'], basis: Basis, chosen: Chosen): Result<Directions> {
  const hindrance = monotoneHindrance(chosen.trainer, basis.task)
  if (asked === null || asked === undefined)
    return accept(hindrance === null ? proposedFor(basis, chosen) : {})
  const known = basis.features.filter((feature) => chosen.features.includes(feature.name))
  const directions: [column: string, direction: Directions[string]][] = []
  for (const [written, direction] of Object.entries(asked)) {
    if (hindrance !== null) return refuse('CUSTOM_REFUSED', `monotonic_constraints: ${hindrance}`)
    const feature = findColumn(known, written)
    if (feature === undefined) {
      return refuse(
        'CUSTOM_REFUSED',
        `monotonic_constraints names "${written}", which is none of the columns to learn from: ${listNames(chosen.features)}.`,
      )
    }
    if (feature.kind === 'category') {
      return refuse(
        'CUSTOM_REFUSED',
        `monotonic_constraints: "${feature.name}" holds categories, which have no order to be monotone in.`,
      )
    }
    const read = directionSchema.safeParse(direction)
    if (!read.success) {
      return refuse(
        'CUSTOM_REFUSED',
        `monotonic_constraints: the direction of "${feature.name}" is "increasing" or "decreasing", received "${direction}".`,
      )
    }
    directions.push([feature.name, read.data])
  }
  return accept(Object.fromEntries(directions))
}

/** Directions are proposed to the trainer with which they were measured; to another one they may cost something. */
function proposedFor({ measured, monotone }: Basis, { trainer, features }: Chosen): Directions {
  const isMeasured = measured.some((one) => one.trainer === trainer && Object.keys(one.monotone).length > 0)
  return isMeasured ? Object.fromEntries(Object.entries(monotone).filter(([name]) => features.includes(name))) : {}
}
