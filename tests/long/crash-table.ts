/** A small table with a label that two columns explain, as CSV. */
export function crashTable(): string {
  const rows = Array.from({ length: 600 }, (_, i) => {
    const [a, b, c] = [(i * 7919) % 101, (i * 104_729) % 53, ['red', 'green', 'blue', ''][(i * 31) % 4]]
    const noise = ((i * 48_271) % 1009) / 1009
    return `${i % 17 === 0 ? 'n/a' : a},${b},${c},${a / 101 + b / 106 + noise > 1.2 ? 'yes' : 'no'}`
  })
  return ['amount,visits,colour,label', ...rows].join('\n')
}
