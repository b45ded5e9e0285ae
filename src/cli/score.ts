import { createWriteStream, openAsBlob, statSync } from 'node:fs'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Signalbox } from '#sdk/client'
import type { ScoringJobAnswer } from '#wire/scoring-job'
import { CommandFailure } from './failure.ts'
import { print, type PrintFlags } from './print.ts'
import { withClient, type ClientFlags } from './with-client.ts'

interface ScoreFlags extends ClientFlags, PrintFlags {
  readonly deployment: string
  readonly out: string
  readonly threshold?: number | undefined
  readonly breakdown?: boolean | undefined
  readonly keep?: readonly string[] | undefined
  readonly escapeFormulas?: boolean | undefined
}

/** Scores the rows of a file with a deployment and writes them beside their predictions, as CSV or Parquet by the ending of `--out`. */
export async function scoreFile(file: string, flags: ScoreFlags): Promise<void> {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) throw new CommandFailure(`There is no file ${file}.`)
  const blob = await openAsBlob(file)
  const job = await withClient(flags, async (client) => {
    const { threshold, breakdown: showBreakdown, keep, deployment: deploymentId } = flags
    const asked = { deploymentId, fileName: basename(file), ...(threshold === undefined ? {} : { threshold }), ...(showBreakdown === undefined ? {} : { showBreakdown }), ...(keep === undefined ? {} : { keep }) }
    const { job_id } = await client.scoring.startFile(blob, asked)
    const ended = await client.scoring.wait(job_id, { onProgress: showProgress })
    if (ended.error !== null) throw new CommandFailure(ended.error.message, { suggestion: ended.error.suggestion })
    if (ended.status !== 'done') throw new CommandFailure(`The job is ${ended.status}.`)
    await writeResult(client, job_id, flags)
    return ended
  })
  print(flags, job, `${job.rows_done} rows are in ${flags.out}${job.rows_failed === 0 ? '' : `; ${job.rows_failed} of them could not be read, and the column "error" says why`}.\n`)
}

async function writeResult(client: Signalbox, jobId: string, { out, escapeFormulas }: ScoreFlags): Promise<void> {
  const format = out.toLowerCase().endsWith('.parquet') ? 'parquet' : 'csv'
  const result = await client.scoring.result(jobId, { format, ...(escapeFormulas === undefined ? {} : { escapeFormulas }) })
  await pipeline(Readable.fromWeb(result), createWriteStream(out))
}

function showProgress({ status, progress, rows_done, rows }: ScoringJobAnswer): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${status} ${Math.round(100 * progress)} % (${rows_done} of ${rows ?? '?'} rows)\x1b[K${status === 'done' ? '\n' : ''}`)
}
