interface WrapInput {
  readonly width: number
  readonly indent: string
  /** The indent of every line but the first. */
  readonly hang?: string
}

/** Breaks a text into lines of at most `width` characters; a longer word stands alone. */
export function wrap(text: string, { width, indent, hang = indent }: WrapInput): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/u).filter((part) => part !== '')) {
    const start = lines.length === 0 ? indent : hang
    if (line !== '' && start.length + line.length + 1 + word.length > width) {
      lines.push(start + line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  if (line !== '') lines.push((lines.length === 0 ? indent : hang) + line)
  return lines
}
