import { Command } from 'commander'
import { expect, test } from 'vitest'
import { type ReadFlags, readOptionsOf, withReadOptions } from './read-options.ts'

function read(...given: string[]): ReturnType<typeof readOptionsOf> {
  const command = withReadOptions(new Command()).exitOverride().configureOutput({ writeErr: () => undefined })
  return readOptionsOf(command.parse(given, { from: 'user' }).opts<ReadFlags>())
}

test('flags become options of reading, with null where a file has none of it', () => {
  expect(read('--delimiter', ';', '--decimal', ',', '--dates', 'day_first', '--sheet', 'Q1', '--header-row', '2', '--encoding', 'utf-8')).toEqual({
    delimiter: ';', decimal: ',', date_order: 'day_first', sheet: 'Q1', header_row: 2, encoding: 'utf-8',
  })
  expect(read('--delimiter', 'none', '--header-row', 'none')).toEqual({ delimiter: null, header_row: null })
  expect(read('--delimiter', 'tab')).toEqual({ delimiter: '\t' })
})

test('without a flag nothing is told', () => {
  expect(read()).toBeUndefined()
})

test('an unknown delimiter is refused with those there are', () => {
  expect(() => read('--delimiter', '#')).toThrow('Use one of , ; | tab none.')
})
