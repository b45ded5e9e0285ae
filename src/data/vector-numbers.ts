import { DuckDBDoubleVector, DuckDBIntegerVector } from '@duckdb/node-api'
import type { DuckDBDataChunk } from '@duckdb/node-api'
import { SignalboxError } from '#core/errors'

/**
 * The numbers of a DOUBLE or INTEGER column without a call per value. Slots of missing values hold anything, so the
 * query must have replaced them.
 */
export function vectorNumbers(chunk: DuckDBDataChunk, column: number): Float64Array | Int32Array {
  const vector = chunk.getColumnVector(column)
  // In brackets, since the types of the driver call the array private; it is the one way without a call per value.
  // biome-ignore lint/complexity/useLiteralKeys: private in the types
  if (vector instanceof DuckDBDoubleVector) return vector['items']
  // biome-ignore lint/complexity/useLiteralKeys: private in the types
  if (vector instanceof DuckDBIntegerVector) return vector['items']
  throw new SignalboxError({ code: 'INTERNAL', message: `expected DOUBLE or INTEGER values, received ${vector.type}` })
}
