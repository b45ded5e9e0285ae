import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { ownerKey } from '#cli/owner-key'
import { openHouse } from '#main'
import { monitorPhase } from '#phases/7-monitor/phase'
import { phases } from '#phases/pipeline'
import { Signalbox } from '#sdk/client'
import { seededRandom } from '#ml/random'
const dataDir = mkdtempSync('/tmp/zz-mon-')
const house = await openHouse({ dataDir, fast: true, threads: 2, memoryMb: 1024, phases: [...phases.filter((p) => p.name !== 'monitoring_creation'), monitorPhase as never] })
const apiKey = await ownerKey(house, dataDir)
await house.work(1)
const { url } = await house.serve({ port: 0, host: '127.0.0.1' })
const client = new Signalbox({ baseUrl: url, apiKey, timeoutMs: 600_000 })
async function run(csv: string | Buffer, target: string) {
  const dataset_id = (await client.datasets.upload(new Blob([csv as never]), { name: 't', fileName: 't.csv' })).dataset_id
  const { run_id } = await client.agentic.startRun({ model_name: 'm', dataset_id, target, require_approval: ['monitoring_creation'], phase_plan: ['data_preparation', 'label_selection', 'model_training', 'monitoring_creation'] })
  const next = await client.agentic.waitForDecision(run_id)
  if (next.kind !== 'decision') { console.log(next.run.status, next.run.error); return null }
  return { run_id, card: next.decision }
}
for (const [file, target] of process.argv.slice(2).map((a) => a.split(':') as [string, string])) {
  const csv = readFileSync(file)
  const t0 = performance.now()
  const made = await run(csv, target)
  if (made === null) continue
  console.log(file, 'seconds to card', ((performance.now() - t0) / 1000).toFixed(1))
  for (const o of made.card.options) { console.log(' -', o.title, '|', o.summary); for (const e of o.evidence) console.log('     ', e.text); for (const r of o.risks) console.log('     !', r) }
  await client.agentic.submitDecision(made.run_id, { decision_type: 'monitoring_creation', monitoring_config: {} })
  const end = await client.agentic.waitForDecision(made.run_id)
  const id = end.run.results.monitor_id ?? ''
  const lines = csv.toString().split('\n')
  for (const [what, text] of [['whole file', csv.toString()], ['200 spread', [lines[0], ...lines.slice(1).filter((l, i) => l !== '' && i % Math.max(1, Math.floor(lines.length / 200)) === 0)].join('\n')], ['first 200', lines.slice(0, 201).join('\n')]] as const) {
    const t = performance.now()
    const c = await client.monitors.checkFile(id, new Blob([text]))
    console.log('  check', what, c.rows, c.verdict, `${(performance.now() - t).toFixed(0)} ms`, c.columns.filter((x) => x.verdict === 'drift').map((x) => `${x.column} p=${x.p_value} moved=${x.moved_share.toFixed(3)} unreadable=${x.unreadable}`), c.prediction?.verdict, c.columns.filter(x=>x.unreadable>0).length)
  }
}
// speed: 100,000 x 20 over HTTP
const r = seededRandom(1)
const table = (n: number) => [Array.from({ length: 20 }, (_, j) => `x${j}`).concat('y').join(','), ...Array.from({ length: n }, () => { const cells = Array.from({ length: 20 }, (_, j) => (j % 5 === 4 ? 'abcde'[r.below(5)] : (r.next() * 100).toFixed(3))); return [...cells, Number(cells[0]) + 30 * r.next() > 60 ? 'yes' : 'no'].join(',') })].join('\n')
const made = await run(table(3000), 'y')
if (made) {
  await client.agentic.submitDecision(made.run_id, { decision_type: 'monitoring_creation', monitoring_config: {} })
  const end = await client.agentic.waitForDecision(made.run_id)
  const batch = new Blob([table(99_999)])
  for (let i = 0; i < 3; i++) { const t = performance.now(); const c = await client.monitors.checkFile(end.run.results.monitor_id ?? '', batch); console.log('100k x 20 over HTTP', c.rows, c.verdict, `${(performance.now() - t).toFixed(0)} ms`) }
}
await house.close()
rmSync(dataDir, { recursive: true, force: true })
