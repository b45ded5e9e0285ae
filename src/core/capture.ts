import type { Json } from './canonical-json.ts'
import type { Asked } from './command.ts'

/** What a deployment keeps of the rows that it is asked to score; nothing, until somebody asks for it. */
export interface CaptureSettings {
  readonly deployment_id: string
  /** Of the rows, so many are kept. */
  readonly share: number
  /** The oldest rows go where there are more. */
  readonly max_rows: number
  /** The column by which labels are joined later. */
  readonly key_column: string | null
}

export interface RowToCapture {
  readonly deployment_id: string
  readonly version_id: string
  readonly key: string | null
  readonly cells: Readonly<Record<string, Json>>
}

export interface CapturedRow extends RowToCapture {
  readonly position: number
  readonly label: Json
  readonly captured_at: string
}

export interface CaptureState {
  readonly rows: number
  readonly labelled: number
  readonly oldest: string | null
  readonly newest: string | null
}

export interface KeyedLabel {
  readonly key: string
  readonly label: string | number | boolean
}

export interface CapturedWish {
  readonly deployment_id: string
  readonly version_id: string
  /** Rows after this position. */
  readonly after: number
  readonly limit: number
  readonly labelled?: boolean
}

/** Rows that deployments keep, and what they are set to. */
export interface CaptureStore {
  settings(deploymentId: string): Promise<CaptureSettings | undefined>
  put(settings: CaptureSettings, asked: Asked): Promise<void>
  /** Ends it; the rows stay until they are deleted. */
  end(deploymentId: string): Promise<void>
  state(deploymentId: string): Promise<CaptureState>
  /** Keeps rows, and lets the oldest go where a deployment has more than it may. */
  add(rows: readonly RowToCapture[], now: Date): Promise<void>
  /** Oldest first; of those before the newest, the newest where there are more than the limit. */
  rows(wish: CapturedWish): Promise<CapturedRow[]>
  deleteRows(deploymentId: string): Promise<number>
  /** Sets the labels of kept rows by their keys; the keys that no row has. */
  label(deploymentId: string, labels: readonly KeyedLabel[]): Promise<{ readonly rows: number; readonly unknown: readonly string[] }>
}
