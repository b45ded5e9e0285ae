/** A name that fits into so many characters; the whole one belongs into its tooltip. */
export function shortName(name: string, longest = 18): string {
  const characters = [...name]
  return characters.length > longest ? `${characters.slice(0, Math.max(0, longest - 1)).join('')}…` : name
}
