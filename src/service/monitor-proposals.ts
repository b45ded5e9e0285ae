import { accept, refuse, type Result } from '#core/errors'
import type { ModelComparison } from '#core/model-comparison'
import { isStarted, type Run } from '#core/run'
import type { MonitorProposal, ProposalChoice } from '#core/monitor'
import type { DecideProposalBody, ProposalAnswer, ProposeRetrainBody } from '#wire/monitor-follow'
import { ownDeployment } from './change-deployment.ts'
import { askedBy, ownMonitor, unknownMonitor } from './monitor-context.ts'
import type { ServiceInput } from './ports.ts'
import { retrain } from './retrain.ts'
import { comparisonOf } from './run-view.ts'
import type { Caller } from './signalbox.ts'
import { submitDecision } from './submit-decision.ts'

/** Trains a challenger as the monitored model was trained, on other rows; whether it replaces that is asked, always. */
export async function proposeRetrain(input: ServiceInput, caller: Caller, { monitorId, body }: { monitorId: string; body: ProposeRetrainBody }): Promise<Result<ProposalAnswer>> {
  const monitor = await ownMonitor(input, caller, monitorId)
  if (!monitor.ok) return monitor
  const { run_id: runId, name } = monitor.value
  const { dataset_id, alert_id = null } = body
  if (alert_id !== null && (await input.monitors.alert(alert_id))?.monitor_id !== monitorId) return refuse('NOT_FOUND', 'There is no such alert of this monitor.')
  const begun = await retrain(input, caller, { runId, body: { dataset_id, name: `${name}: challenger`, require_approval: ['model_deployment'] }, besides: ['model_deployment'] })
  if (!begun.ok) return begun
  const asked = askedBy(input, caller)
  const proposal: MonitorProposal = {
    proposal_id: input.identity.newId(), monitor_id: monitorId, alert_id, run_id: begun.value.run_id, dataset_id, proposed_by: asked.actor.name, proposed_at: asked.now,
    choice: null, decided_by: null, decided_at: null, rationale: null,
  }
  return (await input.monitors.addProposal(proposal, asked)) ? accept(await proposalAnswer(input, proposal)) : unknownMonitor
}

export async function listProposals(input: ServiceInput, caller: Caller, monitorId: string): Promise<Result<ProposalAnswer[]>> {
  const monitor = await ownMonitor(input, caller, monitorId)
  if (!monitor.ok) return monitor
  return accept(await Promise.all((await input.monitors.proposals(monitorId)).map((proposal) => proposalAnswer(input, proposal))))
}

interface Deciding {
  readonly proposalId: string
  readonly body: DecideProposalBody
}

/** Keeps the model in use, lets the challenger answer in its place, or trains another; each step may be repeated. */
export async function decideProposal(input: ServiceInput, caller: Caller, { proposalId, body }: Deciding): Promise<Result<ProposalAnswer>> {
  const proposal = await input.monitors.proposal(proposalId)
  const monitor = proposal === undefined ? unknownProposal : await ownMonitor(input, caller, proposal.monitor_id)
  if (proposal === undefined || !monitor.ok) return unknownProposal
  const { choice, rationale = null, dataset_id = null } = body
  if (proposal.choice !== null) return refuse('PROPOSAL_DECIDED', `It was decided already: ${proposal.choice}.`)
  const { status, version_id } = await proposalAnswer(input, proposal)
  if (status === 'training') return refuse('PROPOSAL_NOT_OPEN', 'The challenger is still being trained.', { suggestion: 'Wait until the status of the proposal is "open".' })
  if (choice === 'retrain' && dataset_id === null) return refuse('VALIDATION_FAILED', 'dataset_id: to train another challenger, name the rows.')
  if (choice === 'promote' && version_id === null) return refuse('PROPOSAL_NOT_OPEN', 'The challenger was not trained, so it cannot answer.')
  const answered = await answerCard(input, caller, { proposal, choice, rationale })
  if (!answered.ok) return answered
  if (choice === 'promote') {
    const moved = await repointDeployments(input, caller, { from: monitor.value.version_id, to: version_id ?? '', deployment_id: body.deployment_id ?? null })
    if (!moved.ok) return moved
  }
  if (!(await input.monitors.decideProposal(proposal, { choice, rationale }, askedBy(input, caller)))) return refuse('PROPOSAL_DECIDED', 'Somebody else has just decided it.')
  if (choice === 'retrain') return proposeRetrain(input, caller, { monitorId: proposal.monitor_id, body: { dataset_id: dataset_id ?? '', alert_id: proposal.alert_id } })
  return accept(await proposalAnswer(input, (await input.monitors.proposal(proposalId)) ?? proposal))
}

const unknownProposal = refuse('NOT_FOUND', 'There is no such proposal.', { suggestion: 'GET /v1/monitors/{id}/proposals lists those of a monitor.' })

interface Answering {
  readonly proposal: MonitorProposal
  readonly choice: ProposalChoice
  readonly rationale: string | null
}

/** Answers the card of the challenger's run, where it still waits: whoever answered it in the inbox has decided the version. */
async function answerCard(input: ServiceInput, caller: Caller, { proposal, choice, rationale }: Answering): Promise<Result<unknown>> {
  const run = (await input.runs.load(proposal.run_id))?.run
  if (run?.status !== 'waiting_input' || run.open.phase !== 'model_deployment') return accept(null)
  const { decision_id, revision } = run.open
  const said = choice === 'promote' ? { action: 'approve', custom_value: { active: false } } : { action: 'reject' }
  return submitDecision(input, caller, { runId: proposal.run_id, body: { decision_type: 'model_deployment', decision_id, revision, rationale, ...said } })
}

/** The deployments that answer with the model in use, or the one that is named, answer with the challenger; their keys stay. */
async function repointDeployments(input: ServiceInput, caller: Caller, { from, to, deployment_id }: { from: string; to: string; deployment_id: string | null }): Promise<Result<null>> {
  const version = await input.models.version(to)
  if (version === undefined) return refuse('NOT_FOUND', 'The version of the challenger is gone.')
  const { version_id, model_id } = version
  const named = deployment_id === null ? null : await ownDeployment(input, caller, deployment_id)
  if (named !== null && !named.ok) return named
  const found = named === null ? (await input.deployments.list(caller.team_id)).filter((one) => one.active && one.version_id === from) : [named.value]
  for (const deployment of found) {
    const done = await input.deployments.execute(deployment.deployment_id, { kind: 'repoint', version_id, model_id }, askedBy(input, caller))
    if (!done.ok) return done
  }
  return accept(null)
}

async function proposalAnswer({ runs, blobs }: ServiceInput, proposal: MonitorProposal): Promise<ProposalAnswer> {
  const { proposed_at, decided_at, ...rest } = proposal
  const run = (await runs.load(proposal.run_id))?.run
  const comparison = run !== undefined && isStarted(run) ? ((await comparisonOf(blobs, run)) ?? null) : null
  const version_id = run !== undefined && isStarted(run) ? (run.published.find(({ kind }) => kind === 'model_version')?.id ?? null) : null
  return { ...rest, run_status: run?.status ?? null, version_id, comparison, status: statusOf(proposal, run), options: optionsOf(comparison), proposed: proposed_at, decided: decided_at }
}

function statusOf({ choice }: MonitorProposal, run: Run | undefined): ProposalAnswer['status'] {
  if (choice !== null) return 'decided'
  if (run === undefined || run.status === 'failed' || run.status === 'cancelled') return 'failed'
  if (run.status === 'completed') return 'open'
  return run.status === 'waiting_input' && run.open.phase === 'model_deployment' ? 'open' : 'training'
}

/** Promotion is recommended only where some measure is distinguishably better and none is worse. */
function optionsOf(comparison: ModelComparison | null): ProposalAnswer['options'] {
  const verdicts = Object.values(comparison?.metrics ?? {}).map(({ verdict }) => verdict)
  const better = verdicts.includes('better') && !verdicts.includes('worse')
  const told = comparison?.text ?? 'The challenger is not trained yet.'
  return [
    { choice: 'keep', title: 'Keep the model in use', summary: `The challenger is marked as rejected. ${told}`, recommended: !better },
    { choice: 'promote', title: 'Let the challenger answer', summary: `The deployments of the model in use are pointed to it; their keys stay. ${told}`, recommended: better },
    { choice: 'retrain', title: 'Train another', summary: 'The challenger is marked as rejected, and another is trained on the rows that you name.', recommended: false },
  ]
}
