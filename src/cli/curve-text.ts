import { z } from 'zod'
import type { PendingDecision } from '#wire/pending-decision'
import type { CardStyle } from './card-text.ts'

const curveSchema = z.object({
  metric: z.object({ title: z.string() }),
  curve: z.object({
    knee: z.int(),
    points: z.array(z.object({ name: z.string(), columns: z.int(), gain: z.number(), interval: z.tuple([z.number(), z.number()]).nullable(), further: z.number() })),
  }),
})

const barWidth = 24

/** What features gain together, one after another: a line and a bar each, with a mark where the curve bends. */
export function curveText(card: PendingDecision, style: CardStyle): string[] {
  const read = curveSchema.safeParse(card.context)
  if (!read.success || read.data.curve.points.length === 0) return []
  const { metric, curve } = read.data
  const most = Math.max(...curve.points.map(({ gain }) => gain), 0)
  const lines = curve.points.flatMap(({ name, columns, gain, interval, further }, i) => {
    const bar = '█'.repeat(most > 0 ? Math.max(0, Math.round((gain / most) * barWidth)) : 0).padEnd(barWidth, '·')
    const range = interval === null ? '' : ` [${signed(interval[0])}, ${signed(interval[1])}]`
    const point = `  ${bar} ${signed(gain)}${range}  ${columns === 0 ? 'in place' : `+${columns} column${columns === 1 ? '' : 's'}`}, with ${shortened(name)}${i === 0 ? '' : ` (${signed(further)})`}`
    return i + 1 === curve.knee ? [point, style.accent(`  ${'─'.repeat(barWidth)} knee: what stands above is recommended`)] : [point]
  })
  const none = curve.knee === 0 ? [style.dim('  No point gains distinguishably: the curve is flat.')] : []
  return [style.dim(`  Gain in ${metric.title} as features are added one after another, 95 % interval:`), ...lines, ...none]
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toPrecision(3)}`
}

function shortened(name: string): string {
  return name.length > 40 ? `${name.slice(0, 39)}…` : name
}
