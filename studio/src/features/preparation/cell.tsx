import { count } from '#studio/lib/numbers.ts'

/** A value as it stands in the table; blanks are named, since they cannot be seen. */
export function Cell({ value }: { readonly value: unknown }) {
  if (value === null || value === undefined) return <>missing</>
  const text = typeof value === 'string' ? value : typeof value === 'number' ? value.toString() : JSON.stringify(value)
  if (text === '') return <>empty text</>
  if (/^\s+$/.test(text)) return <>{text.length === 1 ? 'one blank' : `${count(text.length)} blanks`}</>
  return <code>{text === text.trim() ? text : `"${text}"`}</code>
}
