import type { OptionAnswer } from '#sdk/client'
import type { Act } from '#studio/lib/desk.ts'
import { counted } from '#studio/lib/numbers.ts'
import type { OwnSteps } from './own-steps.ts'
import type { PreparationContext } from './profile.ts'

/** What accepting would do with the ticked steps and those that were written by hand. */
export function preparationAct(options: readonly OptionAnswer[], taken: readonly number[], own: OwnSteps): Act {
  const left = options.length - taken.length
  const steps = own.steps?.length ?? 0
  const all = taken.length + steps
  return {
    answer: { apply_indices: [...taken], ...(own.steps !== null && steps > 0 ? { custom_value: { version: '2.0', steps: own.steps.map((step) => ({ ...step })) } } : {}) },
    button: all === 0 ? 'Go on without steps' : `Apply ${counted(all, 'step')}`,
    title: options.length === 0 && steps === 0 ? 'Nothing to clean.' : `${counted(all, 'step')} applied, ${left} not.`,
    consequence: steps > 0 ? `${counted(steps, 'step')} of your own among them. Every row stays.` : 'Every row stays. What is applied holds for rows that are predicted later.',
    differs: steps > 0 || options.some(({ index, recommended }) => recommended !== taken.includes(index)),
    blocked: own.fault,
  }
}

/** What was found, in a sentence: how much was looked at, how many steps, and how many of them are recommended. */
export function preparationFinding(options: readonly OptionAnswer[], context: PreparationContext | null): string {
  const table = context === null ? '' : ` in ${counted(context.profile.rows, 'row')} and ${counted(context.profile.columns.length, 'column')}`
  if (options.length === 0) return `Nothing was found${table} that a step could mend.`
  const recommended = options.filter((option) => option.recommended).length
  const rest = options.length - recommended
  const found = `${counted(options.length, 'step')} found${table}, each with what shows it.`
  if (rest === 0) return `${found} ${options.length === 1 ? 'It is' : 'All are'} recommended.`
  return `${found} ${recommended === 0 ? 'None is' : recommended === 1 ? 'One is' : `${recommended} are`} recommended; ${rest === 1 ? 'one would change' : `${rest} would change`} what the table says.`
}
