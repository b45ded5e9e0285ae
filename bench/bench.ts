import { WrongUsage } from './wrong-usage.ts'

/** `npm run bench` runs all benches, `npm run bench NAME … -- --option …` some. Each prints ratios against a baseline of the same run. */
const benches: Record<string, (given: readonly string[]) => Promise<void>> = {
  loop: async () => (await import('./loop.ts')).benchLoop(),
  data: async (given) => (await import('./data.ts')).benchData(given),
  serve: async (given) => (await import('./serve.ts')).benchServe(given),
  drift: async (given) => (await import('./drift.ts')).benchDrift(given),
  studio: async () => (await import('./studio.ts')).benchStudio(),
  fit: async (given) => (await import('./fit.ts')).benchFit(given),
}

const given = process.argv.slice(2)
const firstOption = given.findIndex((word) => word.startsWith('-'))
const [wanted, options] = firstOption < 0 ? [given, []] : [given.slice(0, firstOption), given.slice(firstOption)]
const unknown = wanted.filter((name) => !(name in benches))

async function runBenches(): Promise<void> {
  if (unknown.length > 0) throw new WrongUsage(`There is no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`)
  if (options.length > 0 && wanted.length !== 1) throw new WrongUsage('Options belong to one bench: name it before them.')
  for (const [name, bench] of Object.entries(benches)) if (wanted.length === 0 || wanted.includes(name)) await bench(options)
}

try {
  await runBenches()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = error instanceof WrongUsage ? 2 : 1
}
