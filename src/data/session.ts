import { setImmediate } from 'node:timers/promises'
import { StatementType } from '@duckdb/node-api'
import type { DuckDBConnection, DuckDBDataChunk, DuckDBPreparedStatement, DuckDBResult } from '@duckdb/node-api'
import { SignalboxError } from '#core/errors'
import { sql, sqlText } from '#core/sql'
import type { Sql, SqlValue } from '#core/sql'

/** One connection while it is in use: statements in order, and answers as they stream. */
export interface Session {
  readonly signal: AbortSignal
  /** Runs a statement that answers nothing but how many rows it wrote. */
  run(statement: string | Sql): Promise<number>
  /** The answer of one SELECT, chunk by chunk; the event loop gets its turn after each. */
  stream(query: Sql): Promise<Answer>
  /** The names and types that a query would answer with. */
  shape(query: Sql): Promise<Shape[]>
}

export interface Shape {
  readonly name: string
  /** As SQL writes it, for example DECIMAL(10,2). */
  readonly type: string
}

export interface Answer {
  readonly names: readonly string[]
  readonly chunks: AsyncIterable<DuckDBDataChunk>
}

export function session(connection: DuckDBConnection, signal: AbortSignal): Session {
  async function prepared<T>(
    statement: string | Sql,
    work: (prepared: DuckDBPreparedStatement) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted()
    const text = typeof statement === 'string' ? statement : sqlText(statement)
    const made = await connection.prepare(text)
    try {
      signal.throwIfAborted()
      if (typeof statement !== 'string') bindAll(made, statement.values)
      return await work(made)
    } finally {
      made.destroySync()
    }
  }

  function run(statement: string | Sql): Promise<number> {
    return prepared(statement, async (made) => (await made.run()).rowsChanged)
  }

  function stream(query: Sql): Promise<Answer> {
    return prepared(query, async (made) => {
      onlySelect(made)
      const result = await made.stream()
      return { names: result.columnNames(), chunks: chunksOf(result, signal) }
    })
  }

  /** Run for no row, since the types of expressions over parameters are settled only when those have values. */
  function shape(query: Sql): Promise<Shape[]> {
    return prepared(sql`${query} LIMIT 0`, async (made) => {
      onlySelect(made)
      const result = await made.stream()
      const types = result.columnTypes()
      return result.columnNames().map((name, i) => ({ name, type: String(types[i]) }))
    })
  }

  return { signal, run, stream, shape }
}

function onlySelect(made: DuckDBPreparedStatement): void {
  if (made.statementType === StatementType.SELECT) return
  throw new SignalboxError({ code: 'INTERNAL', message: 'expected a SELECT, received another kind of statement' })
}

async function* chunksOf(result: DuckDBResult, signal: AbortSignal): AsyncGenerator<DuckDBDataChunk> {
  for (;;) {
    signal.throwIfAborted()
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) return
    yield chunk
    await setImmediate()
  }
}

function bindAll(made: DuckDBPreparedStatement, values: readonly SqlValue[]): void {
  values.forEach((value, i) => {
    bindOne(made, i + 1, value)
  })
}

/** Whole numbers go in as BIGINT: they must serve as LIMIT and index, and must not overflow as INTEGER would. */
function bindOne(made: DuckDBPreparedStatement, index: number, value: SqlValue): void {
  if (value === null) made.bindNull(index)
  else if (typeof value === 'boolean') made.bindBoolean(index, value)
  else if (typeof value === 'string') made.bindVarchar(index, value)
  else if (typeof value === 'bigint') bindWhole(made, index, value)
  else if (Number.isSafeInteger(value) && !Object.is(value, -0)) made.bindBigInt(index, BigInt(value))
  else made.bindDouble(index, value)
}

function bindWhole(made: DuckDBPreparedStatement, index: number, value: bigint): void {
  if (value === BigInt.asIntN(64, value)) made.bindBigInt(index, value)
  else made.bindHugeInt(index, value)
}
