import { expect, test } from 'vitest'
import { drawTries, spaceOf, withKnobs } from './settings-space.ts'

const space = [
  { name: 'leaves', values: [2, null, 6] },
  { name: 'bins', values: [null, 128] },
] as const

test('the own settings come first, then single departures, then several at a time, none twice', () => {
  const tries = drawTries(space, 20, 1)
  expect(tries.slice(0, 4)).toEqual([
    { knobs: {}, departures: 0, complexity: 0 },
    { knobs: { leaves: 2 }, departures: 1, complexity: -1 },
    { knobs: { leaves: 6 }, departures: 1, complexity: 1 },
    { knobs: { bins: 128 }, departures: 1, complexity: 1 },
  ])
  expect(tries.length).toBe(6)
  expect(new Set(tries.map(({ knobs }) => JSON.stringify(knobs))).size).toBe(6)
  expect(tries.find(({ knobs }) => knobs.leaves === 2 && knobs.bins === 128)).toMatchObject({ departures: 2, complexity: 0 })
})

test('the seed decides which are drawn, and the number is kept', () => {
  const glassbox = spaceOf('glassbox')
  expect(drawTries(glassbox, 24, 3)).toEqual(drawTries(glassbox, 24, 3))
  expect(drawTries(glassbox, 24, 4)).not.toEqual(drawTries(glassbox, 24, 3))
  expect(drawTries(glassbox, 24, 3).length).toBe(24)
  expect(drawTries(spaceOf('dummy'), 24, 3).length).toBe(1)
})

test('the settings of a try go to the trainer that reads them, beside those that were given', () => {
  const given = { glassbox: { rounds: 50, leaves: 3 }, linear: { lambda: 2 } }
  expect(withKnobs(given, 'glassbox-main', { leaves: 6 })).toEqual({ glassbox: { rounds: 50, leaves: 6 }, linear: { lambda: 2 } })
  expect(withKnobs(undefined, 'trees', { leaves: 15 })).toEqual({ trees: { leaves: 15 } })
  expect(withKnobs(given, 'dummy', {})).toBe(given)
})
