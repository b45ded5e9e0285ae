import { accept, type Result } from '#core/errors'
import type { CheckRow } from './check-rows.ts'
import { javascriptModule } from './export-javascript.ts'
import { exportJson } from './export-json.ts'
import { onnxFile } from './export-onnx.ts'
import { pythonFile } from './export-python.ts'
import { sqlFile } from './export-sql.ts'
import type { Scorer } from './scorer.ts'

/** What an export is asked for besides the scorer. */
export interface ExportWish {
  readonly checks: readonly CheckRow[]
  /** Name of the table that SQL reads. */
  readonly table: string
}

export interface MadeExport {
  readonly content: string | Uint8Array
  readonly takes: 'raw_rows' | 'prepared_rows'
  readonly note: string
}

/** One language that scorers are exported to. */
export interface ExportFormat {
  readonly extension: string
  readonly contentType: string
  /** The command that verifies a file of this name. */
  readonly verify: (fileName: string) => string
  readonly make: (scorer: Scorer, wish: ExportWish) => Result<MadeExport>
}

function rawRows(content: Result<string>, note: string): Result<MadeExport> {
  return content.ok ? accept({ content: content.value, takes: 'raw_rows', note }) : content
}

/** What a file of trees does not say. */
function partsNote({ document }: Scorer): string {
  return document.model.forest === undefined ? 'Scores, probabilities, predictions and what each part adds.' : 'Scores, probabilities and predictions; what each column adds to trees is told by the API only.'
}

/** Every language, by its name on the wire. */
export const exportFormatsByName = {
  js: {
    extension: 'mjs',
    contentType: 'text/javascript; charset=utf-8',
    verify: (file) => `node ${file} --verify`,
    make: (scorer, { checks }) => rawRows(javascriptModule(scorer, checks), partsNote(scorer)),
  },
  json: {
    extension: 'json',
    contentType: 'application/json; charset=utf-8',
    verify: (file) => `signalbox verify-export ${file}`,
    make: (scorer, { checks }) => rawRows(accept(exportJson(scorer, checks)), 'The whole scorer as data, with its schema; Signalbox reads it back.'),
  },
  sql: {
    extension: 'sql',
    contentType: 'application/sql; charset=utf-8',
    verify: (file) => `sed -n '/^-- VERIFY/,$p' ${file} | duckdb`,
    make: (scorer, wish) => rawRows(sqlFile(scorer, wish), 'Scores, probabilities and predictions of all rows of a table; values that the API refuses as unreadable are missing.'),
  },
  python: {
    extension: 'py',
    contentType: 'text/x-python; charset=utf-8',
    verify: (file) => `python3 ${file} --verify`,
    make: (scorer, { checks }) => rawRows(pythonFile(scorer, checks), partsNote(scorer)),
  },
  onnx: {
    extension: 'onnx',
    contentType: 'application/octet-stream',
    verify: (file) => `python3 verify-onnx.py ${file}`,
    make(scorer, { checks }) {
      const made = onnxFile(scorer, checks)
      if (!made.ok) return made
      const { bytes, takes, unsaid } = made.value
      const note = unsaid === null ? 'Pipeline and model, in doubles; a missing text is the character U+2400, a missing number NaN.' : `The model alone, in doubles, on the columns that the pipeline makes: ONNX has no words for its operation "${unsaid}".`
      return accept({ content: bytes, takes, note })
    },
  },
} as const satisfies Record<string, ExportFormat>
