import { Fragment } from 'react'

/** A name that may be broken after its underscores, and only there where that is enough. */
export function Breakable({ text }: { readonly text: string }) {
  const parts = text.split('_')
  // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place.
  return parts.map((part, index) => <Fragment key={index}>{part}{index < parts.length - 1 ? <>_<wbr /></> : null}</Fragment>)
}
