import type { Result } from '#core/errors'
import type { MadeExport } from '#scoring/export-formats'
import type { ExportCheck, ExportListAnswer, ExportQuery } from '#wire/model-export'
import type { Caller } from './signalbox.ts'

/** A file that scores as the API does. */
export interface ExportedFile {
  readonly file_name: string
  readonly content_type: string
  readonly content: string | Uint8Array
  readonly takes: MadeExport['takes']
  /** Null where the server cannot run the format, or the file has no check rows. */
  readonly checked: ExportCheck | null
}

export interface ModelExports {
  /** Every format, and what it can say of a version. */
  list(caller: Caller, versionId: string): Promise<Result<ExportListAnswer>>
  read(caller: Caller, versionId: string, query: ExportQuery): Promise<Result<ExportedFile>>
}
