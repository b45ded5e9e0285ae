import type { SendLabelsBody } from '#wire/monitor-follow'

export interface ReadLabels {
  readonly labels: SendLabelsBody['labels']
  /** The first line that is no pair; null where all are. */
  readonly fault: string | null
}

/** Pairs of key and label, one a line, parted by a comma, a semicolon or a tab; the label may hold commas itself. */
export function readLabels(text: string): ReadLabels {
  const labels: SendLabelsBody['labels'] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const [, key = '', label = ''] = /^\s*([^,;\t]+)[,;\t](.+)$/.exec(line) ?? []
    if (key.trim() === '' || label.trim() === '') return { labels: [], fault: `Line ${index + 1} is no pair of key and label.` }
    labels.push({ key: key.trim(), label: label.trim() })
  }
  return { labels, fault: null }
}
