import { accept, orThrow, refuse, type Result } from '#core/errors'
import type { CheckRow } from '#scoring/check-rows'
import { javascriptModule } from '#scoring/export-javascript'
import { exportJson, verifyJson } from '#scoring/export-json'
import { checkQuery } from '#scoring/export-sql'
import type { Scorer } from '#scoring/scorer'
import { exportCheckSchema, type ExportCheck, type ExportFormatName } from '#wire/model-export'
import type { ServiceInput } from './ports.ts'

/** Numbers of an export and the API lie no further apart, by their share above 1. */
const farthest = 1e-9

interface Checked {
  readonly format: ExportFormatName
  readonly checks: readonly CheckRow[]
}

type Verifier = (input: ServiceInput, scorer: Scorer, checks: readonly CheckRow[]) => Promise<ExportCheck>

/** The languages that the server itself can run. */
const verifiers: Partial<Record<ExportFormatName, Verifier>> = {
  js: async ({ verifyModule }, scorer, checks) => exportCheckSchema.parse(await verifyModule(orThrow(javascriptModule(scorer, checks)))),
  async sql({ data }, scorer, checks) {
    const [found] = await data.query(orThrow(checkQuery(scorer, checks)), { tables: {}, signal: new AbortController().signal })
    return exportCheckSchema.parse(found)
  },
  json: async (_, scorer, checks) => orThrow(verifyJson(exportJson(scorer, checks))),
}

export const verifiedAtExport = Object.keys(verifiers) as ExportFormatName[]

/** Scores the check rows with the export; null where the server has no engine for the language, or there are no rows. */
export async function verifyExport(input: ServiceInput, scorer: Scorer, { format, checks }: Checked): Promise<Result<ExportCheck | null>> {
  const verify = verifiers[format]
  if (verify === undefined || checks.length === 0) return accept(null)
  const found = await verify(input, scorer, checks)
  if (found.rows === checks.length && found.largest_difference <= farthest && found.different_predictions === 0) return accept(found)
  const message = `The ${format} export scored ${found.rows} of ${checks.length} check rows, ${found.largest_difference} apart at most, ${found.different_predictions} with another prediction.`
  return refuse('EXPORT_DIFFERS', message, { detail: found })
}
