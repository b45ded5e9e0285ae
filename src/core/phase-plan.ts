import { accept, refuse, type Result } from './errors.ts'
import { phaseNames, phaseNeeds, type PhaseName } from './phase-names.ts'

/** Checks a phase plan: known and offered phases, in order, each once, with what they need. Absent means all offered. */
export function readPhasePlan(wanted: readonly string[] | undefined, offered: readonly PhaseName[]): Result<PhaseName[]> {
  if (wanted === undefined) return accept([...offered])
  const plan: PhaseName[] = []
  for (const name of wanted) {
    const phase = phaseNames.find((known) => known === name)
    if (phase === undefined) return refuse('PHASE_UNKNOWN', `phase_plan names "${name}", which is not a phase.`)
    if (!offered.includes(phase)) {
      return refuse('PHASE_NOT_OFFERED', `phase_plan names ${phase}, which this version does not offer; it offers ${offered.join(', ')}.`)
    }
    plan.push(phase)
  }
  return checkOrderAndNeeds(plan)
}

function checkOrderAndNeeds(plan: PhaseName[]): Result<PhaseName[]> {
  if (plan.length === 0) return refuse('PHASE_PLAN_NEEDS', 'phase_plan is empty; a run needs at least one phase.')
  const places = plan.map((phase) => phaseNames.indexOf(phase))
  for (let i = 1; i < places.length; i++) {
    if ((places[i] ?? 0) <= (places[i - 1] ?? 0)) {
      return refuse('PHASE_PLAN_ORDER', `phase_plan has ${plan[i]} after ${plan[i - 1]}; phases come once each and in order.`)
    }
  }
  for (const phase of plan) {
    const missing = phaseNeeds[phase].filter((need) => !plan.includes(need))
    if (missing.length > 0) return refuse('PHASE_PLAN_NEEDS', `${phase} needs ${missing.join(' and ')}, which phase_plan leaves out.`)
  }
  return accept(plan)
}

/** Checks a list of gates. Known phases outside the plan are passed over, since existing clients list all seven. */
export function readGates(wanted: readonly string[], plan: readonly PhaseName[]): Result<PhaseName[]> {
  const gates: PhaseName[] = []
  for (const name of wanted) {
    const phase = phaseNames.find((known) => known === name)
    if (phase === undefined) return refuse('PHASE_UNKNOWN', `require_approval names "${name}", which is not a phase.`)
    if (plan.includes(phase) && !gates.includes(phase)) gates.push(phase)
  }
  return accept(gates)
}
