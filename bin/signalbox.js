#!/usr/bin/env node
// Starts the command line with the Node that the package brings, since TypeScript is run by Node 24's own type stripping.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../src/cli/signalbox.ts', import.meta.url))
const own = fileURLToPath(new URL(`../node_modules/.bin/node${process.platform === 'win32' ? '.cmd' : ''}`, import.meta.url))

// What was compiled is kept beside the packages, and the next start, and each thread, loads it; a folder that cannot be written keeps nothing.
module.enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/signalbox', import.meta.url)))

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import(entry)
} else {
  const child = spawn(existsSync(own) ? own : 'node', [entry, ...process.argv.slice(2)], { stdio: 'inherit' })
  // Signals reach the child through the terminal or are passed on; this process only waits.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 128)
  })
}
