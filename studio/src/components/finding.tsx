/** What a card found, in one sentence with its reason: the first thing below its question. */
export function Finding({ children }: { readonly children: string }) {
  return children === '' ? null : <p className="finding read">{children}</p>
}
