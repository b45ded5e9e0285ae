import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Option } from '#core/decision'
import { orThrow } from '#core/errors'
import { type DataTools, startDataTools } from '../../../tests/data-tools.ts'
import { type GeneratedColumn, tableMaker } from '../../../tests/generate-table.ts'
import { labelledFacts } from './labelled-facts.testkit.ts'
import { featuresPhase } from './phase.ts'
import { effectSchema } from './schema.ts'

let bench: DataTools
beforeAll(async () => {
  bench = await startDataTools()
})
afterAll(() => bench.close())

const rows = 300

/** A number and a class to predict, two honest columns, and leaks of both. */
function leaky(seed: number): Record<'honest' | 'number' | 'class', GeneratedColumn[]> & Record<'noisy' | 'flipped' | 'left' | 'right', GeneratedColumn> {
  const make = tableMaker(seed, rows)
  const [a, b, away] = [make.numbers(), make.numbers(), make.numbers()]
  const value = a.map((one, row) => one + 0.5 * (b[row] ?? 0) + 0.5 * (make.random.next() + make.random.next() - 1))
  const mean = value.reduce((sum, one) => sum + one, 0) / rows
  const sd = Math.sqrt(value.reduce((sum, one) => sum + (one - mean) ** 2, 0) / rows)
  const label = value.map((one) => (one > mean ? 'yes' : 'no'))
  return {
    honest: [{ name: 'a', cells: a.map(String) }, { name: 'b', cells: b.map(String) }],
    number: [{ name: 'label', cells: value.map((one) => one.toFixed(4)) }],
    class: [{ name: 'label', cells: label }],
    // Uniform noise with a tenth of the label's spread.
    noisy: { name: 'noisy', cells: value.map((one) => (one + (make.random.next() - 0.5) * Math.sqrt(12) * 0.1 * sd).toFixed(4)) },
    flipped: { name: 'flipped', cells: label.map((one) => ((one === 'yes') !== (make.random.next() < 0.02) ? 'on' : 'off')) },
    left: { name: 'left', cells: away.map(String) },
    right: { name: 'right', cells: value.map((one, row) => (Number(one.toFixed(4)) - (away[row] ?? 0)).toFixed(4)) },
  }
}

async function leavers(columns: GeneratedColumn[], task: 'binary' | 'regression'): Promise<Option[]> {
  const { facts } = await labelledFacts(bench, { columns, label: 'label', task, ...(task === 'binary' ? { classes: ['no', 'yes'] } : {}) })
  const { options } = orThrow(await featuresPhase.propose(facts, bench.tools))
  return options.filter(({ id }) => id.startsWith('out:'))
}
const names = (options: readonly Option[]): string[] => options.flatMap(({ effect }) => effectSchema.parse(effect).left_out.map(({ name }) => name))

describe.each([1, 2])('a leak in disguise is on the card, seed %i', (seed) => {
  test('the label with noise of a tenth of its spread', async () => {
    const { honest, number, noisy } = leaky(seed)
    expect(names(await leavers([...honest, noisy, ...number], 'regression'))).toEqual(['noisy'])
  })

  test('the class with two of a hundred rows turned round', async () => {
    const { honest, class: label, flipped } = leaky(seed)
    expect(names(await leavers([...honest, flipped, ...label], 'binary'))).toEqual(['flipped'])
  })

  test('two parts whose sum is the label, left out whole', async () => {
    const { honest, number, left, right } = leaky(seed)
    const [leak] = await leavers([...honest, left, right, ...number], 'regression')
    expect(leak?.recommended).toBe(true)
    expect(names(leak === undefined ? [] : [leak]).sort()).toEqual(['left', 'right'])
  })
})
