/** A new process that reads the file named first, profiles it and finds its issues, and prints seconds and peak memory as one JSON line. */
import { openDataBench, timed } from './data-bench.ts'

const [path = '', target = '', threads = '2'] = process.argv.slice(2)
const bench = await openDataBench(Number(threads))
const read = await timed(() => bench.read(path))
const profile = await timed(() => bench.profile(read.value))
const find = await timed(() => bench.find(read.value, profile.value, target))
await bench.close()
const figures = { read_s: read.seconds, profile_s: profile.seconds, find_s: find.seconds, issues: find.value.issues.length, peak_mb: process.resourceUsage().maxRSS / 1_024 }
process.stdout.write(`${JSON.stringify(figures)}\n`)
