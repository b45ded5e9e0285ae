import { columnKey } from '#core/find-column'

const yes = new Set(['yes', 'true', 'y', 't', 'positive', 'pos', '1'])
const no = new Set(['no', 'false', 'n', 'f', 'negative', 'neg', '0', '-1'])

interface ClassRows {
  readonly value: string
  readonly rows: number
}

/** The positive one of two classes: the one asked for, else the one that says yes, else the rarer; null where the asked one is none. */
export function positiveClass(classes: readonly ClassRows[], asked: string | null): { value: string; reason: string } | null {
  if (asked !== null) {
    const found = classes.find(({ value }) => value === asked) ?? classes.find(({ value }) => columnKey(value) === columnKey(asked)) ?? classes.find(({ value }) => value !== '' && Number(value) === Number(asked))
    return found === undefined ? null : { value: found.value, reason: `"${found.value}" is the positive class, as asked.` }
  }
  const said = classes.find(({ value }) => yes.has(columnKey(value)))
  const other = classes.find((one) => one !== said)
  if (said !== undefined && other !== undefined && (no.has(columnKey(other.value)) || !/^\d/u.test(said.value))) {
    return { value: said.value, reason: `"${said.value}" is the positive class, because it stands for yes.` }
  }
  const rarer = [...classes].sort((a, b) => a.rows - b.rows || (a.value < b.value ? 1 : -1))[0]
  if (rarer === undefined) return null
  const even = classes.every(({ rows }) => rows === rarer.rows)
  return { value: rarer.value, reason: even ? `"${rarer.value}" is taken as the positive class; both are equally frequent.` : `"${rarer.value}" is the positive class, because it is the rarer one.` }
}
