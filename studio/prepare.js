// Builds the studio after `npm ci` in a clone. An install without the development parts has nothing to build it with.
import { fileURLToPath } from 'node:url'

try {
  const { build } = await import('vite')
  await build({ configFile: fileURLToPath(new URL('./vite.config.ts', import.meta.url)), logLevel: 'warn' })
} catch (error) {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error
  process.stderr.write('The studio is not built: the development packages are not installed.\n')
}
