import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const built = 'studio/dist/index.html'
const roots = ['studio', 'src/sdk', 'src/wire']

/** Builds the studio where it is older than what it is made of, so that tests in a browser see what stands in the source. */
export async function setup(): Promise<void> {
  if (existsSync(built) && statSync(built).mtimeMs >= Math.max(...roots.map(newest))) return
  await build({ configFile: 'studio/vite.config.ts', logLevel: 'error' })
}

function newest(folder: string): number {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== 'dist')
  return Math.max(0, ...entries.map((entry) => (entry.isDirectory() ? newest(join(folder, entry.name)) : statSync(join(folder, entry.name)).mtimeMs)))
}
