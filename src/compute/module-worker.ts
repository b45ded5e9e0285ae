import { parentPort, workerData } from 'node:worker_threads'

/** Loads the module that the thread was given as text, and tells what its `verify` says. */
const text: unknown = workerData
const module: { verify(): unknown } = await import(`data:text/javascript;base64,${Buffer.from(String(text)).toString('base64')}`)
parentPort?.postMessage(module.verify())
