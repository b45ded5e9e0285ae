import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** What each folder may import, as biome.json holds it and the design has it: a list that must form no loop. */
const mayImport: Record<string, string[]> = {
  core: [],
  wire: ['core'],
  ml: [],
  steps: ['core', 'ml'],
  scoring: ['core', 'ml', 'steps'],
  findings: ['core', 'ml', 'steps'],
  phases: ['core', 'ml', 'steps', 'scoring', 'findings'],
  engine: ['core', 'phases'],
  advisor: ['core', 'wire'],
  service: ['core', 'wire', 'phases', 'steps', 'scoring', 'ml', 'findings'],
  store: ['core'],
  queue: ['core'],
  notice: ['core'],
  data: ['core'],
  blobs: ['core'],
  compute: ['core', 'ml'],
  http: ['core', 'wire', 'service'],
  sdk: ['wire'],
  cli: ['core', 'sdk', 'wire', 'main'],
}

const planted: { folder: string; line: string; why: string }[] = [
  { folder: 'core', line: "import 'pg'", why: 'core imports a driver' },
  { folder: 'core', line: "import '#store/database'", why: 'core imports an edge' },
  { folder: 'core', line: "import { readFileSync } from 'node:fs'\nreadFileSync", why: 'core reads files' },
  { folder: 'ml', line: "import { z } from 'zod'\nvoid z", why: 'ml imports a package' },
  { folder: 'ml', line: 'export const now = Date.now()', why: 'ml reads the clock' },
  { folder: 'findings', line: "import '#phases/pipeline'", why: 'findings know the phases' },
  { folder: 'phases', line: "import type { Kysely } from 'kysely'\nexport type X = Kysely<never>", why: 'a phase knows the database' },
  { folder: 'phases/1-prepare', line: "import '#phases/4-train/phase'", why: 'a phase imports another phase' },
  { folder: 'phases/1-prepare', line: "import '../phase.ts'", why: 'a climb out of the folder' },
  { folder: 'engine', line: "export const later = import('#http/build-http')", why: 'a dynamic import past the wall' },
  { folder: 'service', line: "export { runStore } from '#store/run-store'", why: 'a re-export past the wall' },
  { folder: 'advisor', line: "import '#service/runs'", why: 'the advisor reaches for the service' },
  { folder: 'notice', line: "import '#store/database'", why: 'the sender of webhooks knows the store' },
  { folder: 'sdk', line: "import '#core/run'", why: 'the SDK reaches past the wire' },
  { folder: 'cli', line: "import '#store/database'", why: 'the command line knows the store' },
  { folder: '../studio/src/features/runs', line: "import '#studio/features/inbox/inbox.tsx'", why: 'a feature of the studio imports another' },
  { folder: '../studio/src/features/runs', line: "import '#core/run'", why: 'a feature of the studio reaches past the wire' },
  { folder: '../studio/src/components', line: "import '#studio/features/inbox/inbox.tsx'", why: 'a shared component of the studio knows a feature' },
  { folder: '../studio/src/lib', line: "import '#studio/components/panel.tsx'", why: 'what has no look in the studio knows a component' },
  { folder: '.', line: "import '#core/run'", why: 'a folder without a rule may import nothing' },
]

/** One run of the lint over all planted files, since each run reads the whole project. */
function lintPlanted(): Map<string, string[]> {
  const files = planted.map(({ folder, line }, i) => {
    const file = join('src', folder, `planted-${process.pid}-${i}.ts`)
    writeFileSync(file, `${line}\n`)
    return file
  })
  try {
    const { stdout } = spawnSync('node_modules/.bin/biome', ['lint', '--reporter=github', '--max-diagnostics=1000', ...files], { encoding: 'utf8' })
    const faults = [...stdout.matchAll(/title=([\w/]+),file=([^,]+)/g)]
    return new Map(files.map((file, i) => [planted[i]?.why ?? '', faults.filter((fault) => fault[2]?.endsWith(file)).map((fault) => fault[1] ?? '')]))
  } finally {
    for (const file of files) rmSync(file, { force: true })
  }
}

test('the lint catches every planted violation, so that the guard cannot die silently', () => {
  const missed = [...lintPlanted()].filter(([, rules]) => !rules.some((rule) => /noRestrictedImports|noJsRestrictedProperties/.test(rule))).map(([why]) => why)
  expect(missed).toEqual([])
})

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((entry) => {
    const path = join(folder, entry)
    if (statSync(path).isDirectory()) return sources(path)
    return /\.ts$/.test(entry) && !/\.(test|testkit|testsuite)\.ts$/.test(entry) ? [path] : []
  })
}

test('every folder under src has its list, and imports nothing else', () => {
  const folders = readdirSync('src').filter((entry) => statSync(join('src', entry)).isDirectory())
  expect(folders.sort()).toEqual(Object.keys(mayImport).sort())
  const strays = folders.flatMap((folder) =>
    sources(join('src', folder)).flatMap((file) => {
      const named = [...readFileSync(file, 'utf8').matchAll(/from '#([a-z]+)/g)].map((match) => match[1] ?? '')
      return named.filter((other) => other !== folder && !mayImport[folder]?.includes(other)).map((other) => `${file} imports #${other}`)
    }),
  )
  expect(strays).toEqual([])
})

test('the lists form no loop', () => {
  const depth = (folder: string, path: string[]): number => {
    expect(path).not.toContain(folder)
    return 1 + Math.max(0, ...(mayImport[folder] ?? []).map((next) => depth(next, [...path, folder])))
  }
  for (const folder of Object.keys(mayImport)) depth(folder, [])
})

test('no type is imported inline, past the lint', () => {
  const inline = sources('src').filter((file) => /\bimport\(\s*['"][^'"]+['"]\s*\)\s*\./.test(readFileSync(file, 'utf8')))
  expect(inline).toEqual([])
})
