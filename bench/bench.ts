/** `npm run bench` runs all benches, `npm run bench NAME …` some. Each prints ratios against a baseline of the same run. */
const benches: Record<string, () => Promise<void>> = {
  loop: async () => (await import('./loop.ts')).benchLoop(),
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in benches))
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.\n`)
  process.exitCode = 2
} else {
  for (const [name, bench] of Object.entries(benches)) if (wanted.length === 0 || wanted.includes(name)) await bench()
}
