import { expect, test } from 'vitest'
import type { Deployment } from '#core/deployment'
import type { DeployKeyRow } from '#core/store-ports'
import { keyCache } from './key-cache.ts'

const deployment: Deployment = {
  deployment_id: 'd', team_id: 't', model_id: 'm', version_id: 'v', run_id: null, active: true, threshold: null, content: null,
  created_by: 'owner', created_at: '2026-01-01T00:00:00.000Z', deleted_at: null, stopped_at: null, stopped_by: null, fallback: null,
}
const key: DeployKeyRow = {
  key_id: 'k', deployment_id: 'd', description: '', created_by: 'owner', created_at: new Date(0), expires_at: new Date(9e12), revoked_at: null,
}

function watched() {
  const state = { now: 0, asked: 0, found: { key, deployment, team_stopped: false } as { key: DeployKeyRow; deployment: Deployment; team_stopped: boolean } | undefined }
  const findKey = async () => {
    state.asked += 1
    return state.found
  }
  return { state, cache: keyCache({ deployments: { findKey }, now: () => new Date(state.now) }) }
}

test('a known key is answered from memory, looked up beside it after half a second, and before it after a second', async () => {
  const { state, cache } = watched()
  await cache.find('h')
  state.now = 400
  await cache.find('h')
  expect(state.asked).toBe(1)
  state.now = 600
  await cache.find('h')
  await cache.find('h')
  expect(state.asked).toBe(2)
  state.found = { key, team_stopped: false, deployment: { ...deployment, active: false } }
  state.now = 1_600
  expect((await cache.find('h'))?.deployment.active).toBe(false)
})

test('a change that is told ends what is known of that deployment at once, and of no other', async () => {
  const { state, cache } = watched()
  await cache.find('h')
  cache.forget('another')
  await cache.find('h')
  expect(state.asked).toBe(1)
  cache.forget('d')
  await cache.find('h')
  cache.forget(null)
  await cache.find('h')
  expect(state.asked).toBe(3)
})

test('unknown keys are not kept, and many at once ask once', async () => {
  const { state, cache } = watched()
  state.found = undefined
  await Promise.all([cache.find('h'), cache.find('h')])
  expect(state.asked).toBe(1)
  await cache.find('h')
  expect(state.asked).toBe(2)
})
