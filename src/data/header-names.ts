import type { ReadReport } from '#core/dataset'

export type Repair = ReadReport['repairs'][number]

/** Display names that are unique and never empty, and what had to be changed for it. */
export function headerNames(
  header: readonly string[],
  count: number,
): { readonly names: string[]; readonly repairs: Repair[] } {
  const trimmed = Array.from({ length: count }, (_, i) => (header[i] ?? '').trim())
  const taken = new Set(trimmed)
  const given = new Set<string>()
  const trims = trimmed.filter((name, i) => name !== '' && name !== header[i])
  const empties: string[] = []
  const repeats: string[] = []
  const names = trimmed.map((name, i) => {
    if (name !== '' && !given.has(name)) {
      given.add(name)
      return name
    }
    const fresh = name === '' ? freshName(`column_${i + 1}`, taken) : freshName(name, taken, 2)
    if (name === '') empties.push(fresh)
    else repeats.push(fresh)
    return fresh
  })
  return {
    names,
    repairs: [
      ...report('header_trimmed', trims),
      ...report('header_empty', empties),
      ...report('header_repeated', repeats),
    ],
  }
}

/** The name itself where it is free, else with the first number that makes it so. */
function freshName(base: string, taken: Set<string>, from = 1): string {
  let number = from
  let name = number === 1 ? base : `${base}_${number}`
  while (taken.has(name)) {
    number += 1
    name = `${base}_${number}`
  }
  taken.add(name)
  return name
}

const wording = {
  header_trimmed: 'blanks around the name were left out',
  header_empty: 'a column without a name was given one',
  header_repeated: 'a repeated name was numbered',
} as const

function report(code: keyof typeof wording, names: readonly string[]): Repair[] {
  if (names.length === 0) return []
  return [{ code, detail: `${wording[code]}: ${listed(names)}`, count: names.length }]
}

/** The first few, so that a file of thousands of columns does not make a report of pages. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ')
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown
}
