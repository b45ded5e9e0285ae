import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '#http/http-server.testkit'
import { fakeDecision, fakeRun, id, key, team } from '#http/signalbox.testkit'
import { Signalbox } from '#sdk/client'

let server: TestServer
let client: Signalbox
beforeAll(async () => {
  server = await startServer()
  client = new Signalbox({ baseUrl: server.url, apiKey: key })
})
afterAll(() => server.close())

describe('the client over the real server', () => {
  it('drives a run with every method', async () => {
    const { agentic } = client
    expect(await client.connect()).toMatchObject({ username: 'owner', team_id: team })
    const { run_id, status } = await agentic.startRun({ model_name: 'm', dataset_id: id(7), test: { share: 0.3 } })
    expect(status).toBe('queued')
    expect(server.state.calls.at(-1)?.input).toMatchObject({ test: { share: 0.3, seed: 1 } })
    expect(await agentic.getRunState(run_id)).toEqual({ ...fakeRun(run_id), name: 'm' })
    expect(await agentic.getPendingDecision(run_id)).toBeNull()
    server.state.decisions.set(run_id, fakeDecision())
    expect(await agentic.getPendingDecision(run_id)).toEqual(fakeDecision())
    expect(
      await agentic.submitDecision(run_id, { decision_type: 'label_selection', choice_index: 0, rationale: 'why not' }),
    ).toEqual({ status: 'running', decision_id: id(9) })
    expect(await agentic.getPhases(run_id)).toHaveLength(1)
    expect((await agentic.skipPhase(run_id)).skipped_phase).toBe('data_preparation')
    expect((await agentic.resumeRun(run_id)).status).toBe('queued')
    expect(await agentic.cancelRun(run_id)).toEqual({ success: true })
    expect(await agentic.getPreprocessingDag(run_id)).toEqual({ nodes: [], edges: [] })
    expect(await agentic.getColumnLineage(run_id)).toEqual({ columns: [], edges: [], prediction: null })
    expect((await agentic.getOpenLineage(run_id)).outputs).toEqual([])
    expect((await agentic.listRuns({ limit: 1 })).runs).toHaveLength(1)
    expect((await agentic.listDecisions()).decisions).toEqual([])
    expect(await agentic.deleteRun(run_id)).toEqual({ run_id, status: 'deleted' })
    await expect(agentic.getRunState('../../ping')).rejects.toMatchObject({ status: 404, code: 'NOT_FOUND' })
  })

  it('takes tables in and out', async () => {
    const { datasets, autotrain } = client
    const bytes = new TextEncoder().encode('a,b\n1,2\n')
    expect(await datasets.upload(bytes, { name: 'n', fileName: 'ä.csv', description: 'd' })).toMatchObject({
      dataset_id: id(7),
      rows: 1,
    })
    expect(server.state.files.at(-1)).toMatchObject({
      text: 'a,b\n1,2\n',
      file: { file_name: 'ä.csv', name: 'n', description: 'd' },
    })
    await datasets.upload(bytes, { name: 'n', readOptions: { delimiter: ',', header_row: null } })
    expect(server.state.files.at(-1)?.file.read_options).toBe('{"delimiter":",","header_row":null}')
    expect(await new Response(await datasets.downloadSetAside(id(7))).text()).toBe('a,b\n1,2\n')
    expect((await autotrain.summarize(new Blob([bytes]), { fileName: 't.csv' })).metadata.run_id).toBe(id(8))
    expect((await autotrain.summarizeDataset(id(7))).columns).toEqual(['a', 'b'])
    expect(await datasets.preview(id(7), { rows: 1, sample: true })).toEqual([{ a: 1, b: null }])
    expect(await datasets.missing(id(7), { groups: 2 })).toEqual({ rows: 2, groups: [1, 1], columns: [{ name: 'a', missing: 1, shares: [0, 1] }] })
    expect(await new Response(await datasets.downloadCsv(id(7))).text()).toBe('a,b\n1,2\n')
    expect((await datasets.presign(id(7))).url).toContain('/v1/presigned/')
    expect(await datasets.list(team)).toHaveLength(1)
    expect((await datasets.get(id(7))).columns).toBe(2)
    expect((await datasets.delete(id(7))).status).toBe('deleted')
    await expect(datasets.downloadCsv(id(1))).rejects.toMatchObject({ status: 404, code: 'NOT_FOUND' })
  })

  it('waits for a decision and can be told to stop', async () => {
    server.state.runs.set(id(5), { ...fakeRun(id(5)), status: 'running', started_at: '2026-01-02T03:04:05.000Z' })
    const controller = new AbortController()
    const stopped = client.agentic.waitForDecision(id(5), {
      signal: controller.signal,
      onState: () => controller.abort(new Error('enough')),
    })
    await expect(stopped).rejects.toThrow('enough')
    const waiting = client.agentic.waitForDecision(id(5))
    server.state.decisions.set(id(5), fakeDecision())
    server.state.runs.set(id(5), { ...fakeRun(id(5)), status: 'waiting_input' })
    expect(await waiting).toMatchObject({ kind: 'decision', decision: { decision_id: id(9) } })
  })
})
