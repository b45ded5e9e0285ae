import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { Json } from '#core/canonical-json'
import type { Table as StoredTable, ReadReport } from '#core/dataset'
import type { ChatMetadata, WebhookEvent } from '#core/notice-ports'
import type { RowToCapture } from '#core/capture'
import type { MonitorItem } from '#core/monitor'
import type { SignedFiles } from '#core/report-ports'
import type { Run } from '#core/run'

type Time = Date

/** The tables of the database, as the newest migration leaves them. */
export interface Tables {
  team: { team_id: string; org_id: string; name: string; created_at: Time; stopped_at: Generated<Time | null>; stopped_by: Generated<string | null> }
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
  web_session: { session_hash: string; key_id: string; created_at: Time; expires_at: Time }
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
  deployment: {
    deployment_id: string
    team_id: string
    model_id: string
    version_id: string
    run_id: string | null
    active: boolean
    threshold: number | null
    content: string | null
    created_by: string
    created_at: Time
    deleted_at: Time | null
    stopped_at: Time | null
    stopped_by: string | null
    fallback: ColumnType<string | number | null, string | null, string | null>
  }
  deploy_key: {
    key_id: string
    deployment_id: string
    secret_hash: string
    description: string
    created_by: string
    created_at: Time
    expires_at: Time
    revoked_at: Time | null
  }
  report_signature: {
    report_id: string
    seq: number
    signed_by: string
    statement: string
    files: JSONColumnType<SignedFiles, string, never>
    hash: string
    signed_at: Time
  }
  report_job: {
    job_id: string
    team_id: string
    run_id: string
    request: JSONColumnType<Json & object, string, string>
    created_by: string
    created_at: Time
    attempts: Generated<number>
    started_at: Time | null
    ended_at: Time | null
    report_id: Generated<string | null>
    error: Generated<string | null>
  }
  scoring_job: {
    job_id: string
    team_id: string
    deployment_id: string
    version_id: string
    dataset_id: string | null
    request: JSONColumnType<Json & object, string, string>
    status: string
    rows: number | null
    rows_done: Generated<number>
    rows_failed: Generated<number>
    attempts: Generated<number>
    result: Generated<string | null>
    error: ColumnType<{ code: string; message: string; suggestion: string } | null, string | null | undefined, string | null>
    created_by: string
    created_at: Time
    started_at: Generated<Time | null>
    ended_at: Generated<Time | null>
  }
  monitor: {
    monitor_id: string
    team_id: string
    model_id: string
    version_id: string
    run_id: string
    content: string
    name: string
    description: string
    data_source_type: string
    created_by: string
    created_at: Time
  }
  monitor_item: {
    position: Generated<number>
    item_id: string
    monitor_id: string
    scenario: JSONColumnType<MonitorItem['scenario'] & Record<string, unknown>, string, string>
    score: number | null
    proba: number | null
    notes: string | null
  }
  monitor_alert_rule: { monitor_id: string; rule_type: string; value: number; notify_in_app: boolean }
  monitor_check: {
    position: Generated<number>
    check_id: string
    monitor_id: string
    rows: number
    verdict: string
    drifted: number
    alerts: number
    result: string
    created_at: Time
  }
  monitor_schedule: {
    monitor_id: string
    deployment_id: string
    cron: string
    time_zone: string
    next_at: Time
    checked_to: string
    retrain_from: number | null
    set_by: string
  }
  monitor_alert: {
    position: Generated<number>
    alert_id: string
    monitor_id: string
    check_id: string
    rule: string
    text: string
    raised_at: Time
    owner: Generated<string | null>
    acknowledged_by: Generated<string | null>
    acknowledged_at: Time | null
    note: Generated<string | null>
  }
  monitor_proposal: {
    position: Generated<number>
    proposal_id: string
    monitor_id: string
    alert_id: string | null
    run_id: string
    dataset_id: string
    proposed_by: string
    proposed_at: Time
    choice: string | null
    decided_by: string | null
    decided_at: Time | null
    rationale: string | null
  }
  deployment_capture: { deployment_id: string; share: number; max_rows: number; key_column: string | null; set_by: string; set_at: Time }
  captured_row: {
    position: Generated<string>
    deployment_id: string
    version_id: string
    key: string | null
    cells: JSONColumnType<RowToCapture['cells'] & Record<string, unknown>, string, string>
    label: JSONColumnType<Json & object, string, string> | null
    captured_at: Time
  }
  preprocessor: { preprocessor_id: string; team_id: string; name: string; description: string; created_by: string; created_at: Time }
  preprocessor_version: {
    position: Generated<number>
    version_id: string
    preprocessor_id: string
    number: number
    spec: string
    parent_version_id: string | null
    created_by: string
    created_at: Time
  }
  preprocessor_fit: { version_id: string; rows: number; content: string; fitted_by: string; fitted_at: Time }
  preprocessor_link: { model_version_id: string; preprocessor_version_id: string; linked_by: string; linked_at: Time }
  erasure: { id: string; roots: JSONColumnType<string[], string, string>; requested_at: Time }
  idempotency: { team_id: string; key: string; body_hash: string; answer: JSONColumnType<Record<string, unknown>, string, string> | null; created_at: Time }
  server_secret: { name: string; value: string }
  chat_message: {
    position: Generated<number>
    id: string
    run_id: string
    role: string
    content: string
    metadata: JSONColumnType<ChatMetadata, string, never>
    at: Time
  }
  webhook: {
    webhook_id: string
    team_id: string
    url: string
    events: JSONColumnType<WebhookEvent[], string, string>
    description: string
    created_by: string
    created_at: Time
  }
  webhook_delivery: {
    delivery_id: string
    webhook_id: string
    event: string
    body: string
    attempts: Generated<number>
    created_at: Time
    next_at: Time | null
    ended_at: Time | null
    delivered: Generated<boolean>
    last_status: number | null
    last_error: string | null
    last_at: Time | null
  }
}
