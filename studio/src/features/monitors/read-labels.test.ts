import { expect, test } from 'vitest'
import { readLabels } from './read-labels.ts'

test('pairs are read line by line, blank lines are passed over, and a label keeps its commas', () => {
  expect(readLabels('4711,Yes\r\n\n 4712 ; No \nA-3\ta, b\n')).toEqual({ labels: [{ key: '4711', label: 'Yes' }, { key: '4712', label: 'No' }, { key: 'A-3', label: 'a, b' }], fault: null })
})

test('the first line that is no pair is named, and nothing is sent', () => {
  expect(readLabels('1,Yes\nonly a key\n,No')).toEqual({ labels: [], fault: 'Line 2 is no pair of key and label.' })
  expect(readLabels('')).toEqual({ labels: [], fault: null })
})
