import { sql, type Selectable } from 'kysely'
import type { Asked } from '#core/command'
import { decideDeployment, type DeploymentCommand } from '#core/decide-deployment'
import type { Deployment } from '#core/deployment'
import { accept, SignalboxError, type Result } from '#core/errors'
import type { DeploymentStore, DeployKeyRow, NewDeployKey, NewDeployment } from '#core/store-ports'
import { isConnectionLoss, patient, type Database, type Db, type Trx } from './database.ts'
import { appendToDeployment, lockDeployment, readDeployment } from './deployment-log.ts'
import { isStopped } from './stops.ts'
import type { Tables } from './tables.ts'

/** Deployments and their keys over Postgres. */
export function deploymentStore(database: Database): DeploymentStore {
  const { db } = database
  return { ...reading(db), ...changing(database) }
}

type Reading = 'get' | 'list' | 'ofVersion' | 'keys' | 'activeKeys' | 'findKey'

function reading(db: Db): Pick<DeploymentStore, Reading> {
  const live = () => db.selectFrom('deployment').selectAll().where('deleted_at', 'is', null)
  const patiently = patient({
    async get(deploymentId: string) {
      const row = await live().where('deployment_id', '=', deploymentId).executeTakeFirst()
      return row === undefined ? undefined : readDeployment(row)
    },
    async list(teamId: string) {
      const rows = await live().where('team_id', '=', teamId).orderBy('created_at', 'desc').orderBy('deployment_id').execute()
      return rows.map(readDeployment)
    },
    ofVersion: (versionId: string) => oldestOf(db, versionId),
    async keys(deploymentId: string) {
      const rows = await db.selectFrom('deploy_key').selectAll().where('deployment_id', '=', deploymentId).orderBy('created_at').orderBy('key_id').execute()
      return rows.map(readKey)
    },
    async activeKeys(teamId: string, now: Date) {
      const { count } = await db
        .selectFrom('deploy_key')
        .innerJoin('deployment', 'deployment.deployment_id', 'deploy_key.deployment_id')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('team_id', '=', teamId)
        .where('deleted_at', 'is', null)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirstOrThrow()
      return count
    },
  })
  return { ...patiently, findKey: (secretHash) => findKey(db, secretHash).catch(unavailable) }
}

async function findKey(db: Db, secretHash: string) {
  const key = await db.selectFrom('deploy_key').selectAll().where('secret_hash', '=', secretHash).executeTakeFirst()
  if (key === undefined) return undefined
  const row = await db.selectFrom('deployment').selectAll().where('deployment_id', '=', key.deployment_id).executeTakeFirst()
  if (row === undefined || row.deleted_at !== null) return undefined
  return { key: readKey(key), deployment: readDeployment(row), team_stopped: await isStopped(db, row.team_id) }
}

/** Whoever predicts is not kept waiting until the database is back. */
function unavailable(cause: unknown): never {
  if (!isConnectionLoss(cause)) throw cause
  throw new SignalboxError({ code: 'DATABASE_UNAVAILABLE', message: 'The deploy key cannot be checked: the database does not answer.', cause })
}

async function oldestOf(db: Db | Trx, versionId: string): Promise<Deployment | undefined> {
  const row = await db
    .selectFrom('deployment')
    .selectAll()
    .where('version_id', '=', versionId)
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy('deployment_id')
    .executeTakeFirst()
  return row === undefined ? undefined : readDeployment(row)
}

function readKey({ secret_hash: _secret, ...key }: Selectable<Tables['deploy_key']>): DeployKeyRow {
  return key
}

function changing({ transaction }: Database): Omit<DeploymentStore, Reading> {
  return {
    create: (deployment, asked) => transaction((trx) => create(trx, deployment, asked)),
    execute: (deploymentId, command, asked) => transaction((trx) => execute(trx, { deploymentId, command }, asked)),
    addKey: (key, asked) => transaction((trx) => addKey(trx, key, asked)),
    revokeKey: (key, asked) => transaction((trx) => revokeKey(trx, key, asked)),
  }
}

async function create(trx: Trx, made: NewDeployment, { actor, now: at }: Asked): Promise<Deployment> {
  // A client repeats this call after any failure, so two of one version wait for each other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`signalbox-deploy:${made.version_id}`}, 0))`.execute(trx)
  const known = await oldestOf(trx, made.version_id)
  if (known !== undefined) return known
  const { deployment_id, ...payload } = made
  const event = { type: 'deployment-created', actor, at, payload: { ...payload, run_id: null, active: false, threshold: null, content: null } } as const
  return appendToDeployment(trx, { deploymentId: deployment_id, before: null, events: [event] })
}

interface Change {
  readonly deploymentId: string
  readonly command: DeploymentCommand
}

async function execute(trx: Trx, { deploymentId, command }: Change, asked: Asked): Promise<Result<Deployment>> {
  const before = await lockDeployment(trx, deploymentId)
  const decided = decideDeployment(before, command, asked)
  if (!decided.ok) return decided
  if (decided.value.length === 0 && before !== null) return accept(before)
  const after = await appendToDeployment(trx, { deploymentId, before, events: decided.value })
  return accept(after)
}

async function addKey(trx: Trx, { deployment_id, key_id, secret_hash, description, expires_at }: NewDeployKey, asked: Asked) {
  const command = { kind: 'add-key', key_id, expires_at: expires_at.toISOString() } as const
  const done = await execute(trx, { deploymentId: deployment_id, command }, asked)
  if (!done.ok) return done
  const row = { key_id, deployment_id, secret_hash, description, expires_at, created_by: asked.actor.name, revoked_at: null }
  await trx.insertInto('deploy_key').values({ ...row, created_at: new Date(asked.now) }).execute()
  return done
}

async function revokeKey(trx: Trx, { deployment_id, key_id }: { deployment_id: string; key_id: string }, asked: Asked) {
  const found = await trx.selectFrom('deploy_key').select('revoked_at').where('key_id', '=', key_id).where('deployment_id', '=', deployment_id).forUpdate().executeTakeFirst()
  const command = { kind: 'revoke-key', key_id, known: found !== undefined, revoked: (found?.revoked_at ?? null) !== null } as const
  const done = await execute(trx, { deploymentId: deployment_id, command }, asked)
  if (!done.ok) return done
  await trx.updateTable('deploy_key').set({ revoked_at: new Date(asked.now) }).where('key_id', '=', key_id).where('revoked_at', 'is', null).execute()
  return done
}
