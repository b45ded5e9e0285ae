import type { Generated, JSONColumnType } from 'kysely'
import type { Table as StoredTable, ReadReport } from '#core/dataset'
import type { Run } from '#core/run'

type Time = Date

/** The tables of the database, as the newest migration leaves them. */
export interface Tables {
  team: { team_id: string; org_id: string; name: string; created_at: Time }
  api_key: {
    key_id: string
    team_id: string
    name: string
    prefix: string
    secret_hash: string
    created_at: Time
    expires_at: Time | null
    revoked_at: Time | null
  }
  event: {
    stream: string
    seq: number
    type: string
    version: number
    actor: string
    at: string
    payload: string
    payload_copy: JSONColumnType<Record<string, unknown>, string, never>
    previous_hash: string
    hash: string
  }
  run: {
    run_id: string
    team_id: string
    dataset_id: string | null
    model_id: string | null
    seq: number
    status: string
    state: JSONColumnType<Run & Record<string, unknown>, string, string>
    owed: boolean
    wait_until: Time | null
    name: string
    label: string | null
    task: string | null
    created_at: Time
    started_at: Time | null
    completed_at: Time | null
  }
  lease: { run_id: string; worker_id: string; taken_at: Time }
  progress: { run_id: string; phase: string; fraction: number; text: string | null }
  timing: { id: Generated<number>; run_id: string; phase: string; step: string; seconds: number; at: Time }
  result: { key: string; value: string; created_at: Time }
  result_use: { key: string; run_id: string }
  dataset: {
    dataset_id: string
    team_id: string
    name: string
    description: string
    file_name: string
    size: number
    content: JSONColumnType<StoredTable, string, string>
    report: JSONColumnType<ReadReport, string, string>
    created_at: Time
  }
  publication: { id: string; kind: string; run_id: string; team_id: string; model_id: string; content: string; created_at: Time }
  erasure: { id: string; roots: JSONColumnType<string[], string, string>; requested_at: Time }
  idempotency: { team_id: string; key: string; body_hash: string; answer: JSONColumnType<Record<string, unknown>, string, string> | null; created_at: Time }
  server_secret: { name: string; value: string }
}
