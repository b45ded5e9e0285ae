import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { run, type RunFlags } from './run.ts'

const rowsSchema = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()])))

/** Takes the sample table (Palmer penguins, of the package vega-datasets) through a whole run. */
export async function demo(flags: Omit<RunFlags, 'auto' | 'target' | 'name'>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-demo-'))
  try {
    const file = join(folder, 'penguins.csv')
    writeFileSync(file, csvOf(readSample()))
    await run(file, { ...flags, auto: true, target: 'Sex', name: 'penguins' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readSample(): z.infer<typeof rowsSchema> {
  // The package names its entry only; its data lie in a folder beside that of the entry.
  const path = new URL('../data/penguins.json', import.meta.resolve('vega-datasets'))
  return rowsSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
}

function csvOf(rows: z.infer<typeof rowsSchema>): string {
  const names = Object.keys(rows[0] ?? {})
  const cell = (value: string | number | null | undefined) => `"${String(value ?? '').replaceAll('"', '""')}"`
  return [names, ...rows.map((row) => names.map((column) => row[column] ?? null))].map((row) => `${row.map(cell).join(',')}\n`).join('')
}
