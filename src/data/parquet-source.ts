import { quotedText } from './quoted-text.ts'

/** A Parquet file as it is: names of folders like `year=2024` above it must not become columns. */
export function parquetSource(path: string): string {
  return `read_parquet(${quotedText(path)}, hive_partitioning = false)`
}
