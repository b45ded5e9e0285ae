import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const assets = fileURLToPath(new URL('./dist/assets', import.meta.url))

/** Packs every text among the assets once, so that the server only picks the file that a browser can read. */
function packAssets(): Plugin {
  return {
    name: 'pack-assets',
    apply: 'build',
    // Not when the bundle is closed: that also happens after a fault, and would hide it.
    writeBundle() {
      for (const name of readdirSync(assets).filter((file) => /\.(js|css|svg)$/.test(file))) {
        const file = join(assets, name)
        const text = readFileSync(file)
        writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }))
        writeFileSync(`${file}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }))
      }
    },
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), packAssets()],
  // The server puts the nonce of its answer here: src/http/studio-page.ts.
  html: { cspNonce: 'SIGNALBOX_NONCE' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome123', 'firefox128', 'safari18'],
    assetsInlineLimit: 0,
    // Charts and graphs are large and loaded where they are first drawn.
    chunkSizeWarningLimit: 1_700,
    reportCompressedSize: false,
  },
  server: { proxy: { '/v1': 'http://localhost:4100' } },
})
