import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { inflate } from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const packageFolder = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')))
const parts = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']

/** Opens a headless Chromium out of the package `@sparticuz/chromium`. */
export async function openBrowser(): Promise<Browser> {
  const folder = await unpacked()
  const executablePath = join(folder, 'chromium')
  const missing = execFileSync('ldd', [executablePath], { encoding: 'utf8' }).includes('not found')
  const env = {
    ...process.env,
    ...(missing ? { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') } : {}),
    ...(existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }),
  }
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--headless=shell', '--disable-gpu', '--use-gl=angle', '--use-angle=swiftshader', '--font-render-hinting=none']
  return chromium.launch({ executablePath, args, env })
}

/** Unpacks the browser once for this version and user; of two that do it at once, the second finds it done. */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string }
  const folder = join(tmpdir(), `signalbox-chromium-${version}-${userInfo().uid}`)
  if (existsSync(folder)) return folder
  const draft = `${folder}.${process.pid}`
  const before = process.env.TMPDIR
  await mkdir(draft, { recursive: true, mode: 0o700 })
  // The package unpacks to the temporary folder of the process, whatever stands there half written.
  process.env.TMPDIR = draft
  try {
    await Promise.all(parts.map((part) => inflate(join(packageFolder, 'bin', part))))
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  await rename(draft, folder).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  })
  return folder
}
