import { expect, test } from 'vitest'
import { type Edit, editWords, readEdits } from './edits.ts'

test('every verb is told as what it does to the term', () => {
  const edits: [Edit, RegExp][] = [
    [{ verb: 'flatten', term: ['age'], where: [{ feature: 'age', ranges: [{ from: null, to: 30 }] }] }, /age is flat where it is at most 30/],
    [{ verb: 'monotonise', term: ['age'], direction: 'decreasing' }, /age only falls/],
    [{ verb: 'smooth', term: ['age'], strength: 5 }, /smoothed, strength 5/],
    [{ verb: 'merge-bins', term: ['site'], where: [{ feature: 'site', levels: ['north', 'south'] }] }, /one score where it is north, south/],
    [{ verb: 'scale', term: ['age'], factor: 0.5 }, /counts × 0.5/],
    [{ verb: 'cap', term: ['age'], low: -1, high: 2 }, /at least −1 and at most 2/],
    [{ verb: 'remove', term: ['age', 'site'] }, /age × site leaves the model/],
  ]
  for (const [edit, words] of edits) expect(editWords(edit)).toMatch(words)
})

test('a draft that is none is no edit', () => {
  expect(readEdits('nonsense')).toEqual([])
  expect(readEdits([{ verb: 'explode', term: ['age'] }])).toEqual([])
})
