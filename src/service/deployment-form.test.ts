import { expect, test } from 'vitest'
import type { Profile } from '#core/dataset'
import type { ModelVersionRow } from '#core/store-ports'
import { columnFieldsCache } from './deployment-form.ts'
import type { ServiceInput } from './ports.ts'

const table = { hash: 'a'.repeat(64), rows: 4, columns: [{ id: 'c0', name: 'amount', type: 'integer' }, { id: 'c1', name: 'label', type: 'text' }] }
const profile: Profile = {
  rows: 4,
  duplicate_rows: 0,
  columns: [{ id: 'c0', name: 'amount', type: 'integer', missing: 1, distinct: 3, top: [], text: null, numeric: { min: 1, max: 9, mean: 4, sd: 3, zeros: 0, quantiles: [1, 1, 1, 4, 9, 9, 9], histogram: [1, 1, 1] } }],
}

/** Of the service only what a form reads of a table; the first look may fail. */
function lookedAt(failing = 0) {
  let looks = 0
  const input = {
    preprocessors: {},
    blobs: { get: async () => table },
    data: {
      profile: async () => {
        looks += 1
        if (looks <= failing) throw new Error('the disk is away')
        return profile
      },
    },
  } as unknown as ServiceInput
  return { fields: columnFieldsCache(input), looks: () => looks }
}

const wanted = (version_id: string) => ({ version: { version_id } as ModelVersionRow, dataset: 'hash', reads: ['amount'], importances: new Map([['amount', 0.5]]) })

test('the table of a version is looked at once, of another version anew', async () => {
  const { fields, looks } = lookedAt()
  const [first, second] = await Promise.all([fields(wanted('one')), fields(wanted('one'))])
  expect(first).toEqual([expect.objectContaining({ name: 'amount', importance: 0.5, missing: 1, range: { min: 1, max: 9, median: 4, histogram: [1, 1, 1] } })])
  expect(second).toBe(first)
  await fields(wanted('two'))
  expect(looks()).toBe(2)
})

test('a look that failed is not kept', async () => {
  const { fields, looks } = lookedAt(1)
  await expect(fields(wanted('one'))).rejects.toThrow('the disk is away')
  expect(await fields(wanted('one'))).toHaveLength(1)
  expect(looks()).toBe(2)
})
