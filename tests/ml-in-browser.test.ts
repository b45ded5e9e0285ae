import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fit as fitTable, type Model } from '#ml/public'
import { makeSynthetic } from '#ml/synthetic.testkit'
import type { Browser } from 'playwright-core'
import { build, type Rolldown } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'

/** Fits what it is sent, with the package as a browser gets it. */
const workerCode = `
import { fit } from './ml.js'
self.onmessage = async ({ data }) => {
  try {
    self.postMessage(JSON.stringify(await fit(data)))
  } catch (error) {
    self.postMessage(String(error))
  }
}
`

let bundle: Rolldown.OutputChunk
let browser: Browser
let server: Server

beforeAll(async () => {
  bundle = await bundleMl()
  server = createServer((request, response) => {
    const script = { '/ml.js': bundle.code, '/worker.js': workerCode }[request.url ?? '']
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript')
    response.end(script ?? '<!doctype html>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  server?.close()
})

/** The published entry as one file for browsers. Without a plugin or a polyfill: what is left to import is a fault. */
async function bundleMl(): Promise<Rolldown.OutputChunk> {
  const lib = { entry: 'src/ml/public.ts', formats: ['es' as const], fileName: 'ml' }
  const built = await build({ configFile: false, logLevel: 'silent', build: { lib, write: false, minify: false } })
  const [first] = built as Rolldown.RolldownOutput[]
  expect(first?.output.length).toBe(1)
  return first!.output[0]
}

test('signalbox/ml is one file for browsers that imports nothing', () => {
  expect({ imports: bundle.imports, dynamicImports: bundle.dynamicImports }).toEqual({ imports: [], dynamicImports: [] })
  expect(bundle.code).not.toMatch(/["']node:|\brequire\(|\bprocess\b/)
  expect(bundle.exports).toEqual(expect.arrayContaining(['fit', 'predict', 'explain', 'shapes', 'crossValidate']))
})

test.each([
  ['glassbox', 'binary'],
  ['glassbox', 'multiclass'],
  ['glassbox', 'regression'],
  ['trees', 'binary'],
  ['linear', 'binary'],
] as const)('a %s for a %s target, fitted in a browser worker, is the one that Node fits, byte for byte', async (trainer, task) => {
  const { table, target } = makeSynthetic(task, 400)
  const request = { trainer, table, target, seed: 3 }
  const here = await fitTable(request)
  expect((here as Model).format).toBe('signalbox-model')
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  const text = await page.evaluate(fitInWorker, plainRequest(request))
  await page.close()
  expect(text).toBe(JSON.stringify(here))
})

/** The arrays of a request as lists, since typed arrays do not cross into the page. */
function plainRequest({ table, target, ...rest }: Parameters<typeof fitTable>[0]) {
  const columns = table.columns.map((column) => (column.kind === 'numeric' ? { ...column, values: [...column.values] } : { ...column, codes: [...column.codes] }))
  return { ...rest, rows: table.rows, columns, target: target.task === 'regression' ? { ...target, values: [...target.values] } : { ...target, codes: [...target.codes] } }
}

/** What this test uses of a browser's workers. */
interface PageWorker {
  onmessage: (event: { readonly data: string }) => void
  onerror: (event: { readonly message: string }) => void
  postMessage(message: unknown): void
}

/** Runs in the page: hands the request to a worker and waits for the model. */
function fitInWorker({ rows, columns, target, ...rest }: ReturnType<typeof plainRequest>): Promise<string> {
  const typed = <T extends object>(part: T) => ({
    ...part,
    ...('values' in part ? { values: Float64Array.from(part.values as number[]) } : {}),
    ...('codes' in part ? { codes: Int32Array.from(part.codes as number[]) } : {}),
  })
  const page = globalThis as unknown as { readonly Worker: new (url: string, options: { type: 'module' }) => PageWorker }
  const worker = new page.Worker('./worker.js', { type: 'module' })
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data)
    worker.onerror = (event) => reject(new Error(event.message))
    worker.postMessage({ ...rest, table: { rows, columns: columns.map(typed) }, target: typed(target) })
  })
}
