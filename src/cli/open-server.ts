import { pino } from 'pino'
import { openHouse, type House, type Served } from '#main'
import { Signalbox } from '#sdk/client'
import { databaseUrl, dataFolder } from './data-folder.ts'
import { ownerKey } from './owner-key.ts'

export interface HouseFlags {
  readonly dataDir?: string | undefined
  readonly memoryMb?: number | undefined
  readonly threads?: number | undefined
  readonly maxUploadMb?: number | undefined
  readonly allowPrivateWebhooks?: boolean | undefined
  readonly metrics?: 'key' | 'open' | 'off' | undefined
}

/** Opens the house on the folder that the options name. Faults go to standard error as JSON lines. */
export async function openFlaggedHouse(flags: HouseFlags): Promise<House> {
  const logger = pino({ level: process.env.SIGNALBOX_LOG ?? 'warn' }, pino.destination({ dest: 2, sync: true }))
  const { memoryMb, threads, maxUploadMb, allowPrivateWebhooks, metrics } = flags
  return openHouse({ dataDir: dataFolder(flags.dataDir), databaseUrl: databaseUrl(), memoryMb, threads, maxUploadMb, allowPrivateWebhooks, metrics, logger })
}

export interface OpenServer {
  readonly house: House
  readonly served: Served
  readonly apiKey: string
  readonly client: Signalbox
}

interface ServerFlags extends HouseFlags {
  readonly port: number
  readonly host: string
  readonly publicUrl?: string | undefined
  /** How many runs the server moves at once; 0 leaves that to `signalbox worker`. */
  readonly workers: number
}

/** Opens the house, its server and its workers, and a client that holds the owner's key. */
export async function openServer(flags: ServerFlags): Promise<OpenServer> {
  const house = await openFlaggedHouse(flags)
  try {
    const apiKey = await ownerKey(house, dataFolder(flags.dataDir))
    if (flags.workers > 0) await house.work(flags.workers)
    const served = await house.serve(flags)
    return { house, served, apiKey, client: new Signalbox({ baseUrl: served.url, apiKey }) }
  } catch (error) {
    await house.close()
    throw error
  }
}
