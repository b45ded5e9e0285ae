import type { FastifyInstance } from 'fastify'
import type { PredictionAnswer } from '#wire/prediction'
import type { MetricFamily, MetricSample } from './metric-text.ts'

/** What this process has answered since it started. */
export interface RequestMetrics {
  /** Takes the answers of one request, or a part of them, in. */
  predicted(deploymentId: string, answers: readonly PredictionAnswer[]): void
  families(): MetricFamily[]
}

/** Upper bounds in seconds: fine about a single prediction, coarse about a batch. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

interface Answered {
  readonly labels: Readonly<Record<string, string>>
  /** Answers by bound, not yet summed up; the last is beyond all bounds. */
  readonly counts: number[]
  seconds: number
}

const outcomes = ['scored', 'unreadable', 'fallback'] as const

/** Counts answers by route, method and status. Routes are patterns, so that no address and no id becomes a series. */
export function countRequests(app: FastifyInstance): RequestMetrics {
  const answered = new Map<string, Answered>()
  const predictions = new Map<string, Record<(typeof outcomes)[number], number>>()
  let open = 0
  app.addHook('onRequest', (_request, _reply, done) => {
    open += 1
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    open -= 1
    observe(seriesOf(answered, { method: request.method, route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) }), reply.elapsedTime / 1000)
    done()
  })
  return {
    predicted(deploymentId, answers) {
      const counts = predictions.get(deploymentId) ?? { scored: 0, unreadable: 0, fallback: 0 }
      predictions.set(deploymentId, counts)
      for (const { error, fallback } of answers) counts[error !== undefined ? 'unreadable' : fallback === true ? 'fallback' : 'scored'] += 1
    },
    families: () => [
      { name: 'signalbox_http_requests_open', help: 'Requests that are being answered.', type: 'gauge', samples: [{ labels: {}, value: open }] },
      { name: 'signalbox_http_request_duration_seconds', help: 'Answers by route, method and status, and how long they took.', type: 'histogram', samples: [...answered.values()].flatMap(histogram) },
      { name: 'signalbox_predictions_total', help: 'Rows that were asked of a deployment, by what was answered.', type: 'counter', samples: [...predictions].flatMap(([deployment_id, counts]) => outcomes.map((outcome) => ({ labels: { deployment_id, outcome }, value: counts[outcome] }))) },
    ],
  }
}

function seriesOf(answered: Map<string, Answered>, labels: { readonly method: string; readonly route: string; readonly status: string }): Answered {
  const key = `${labels.method} ${labels.route} ${labels.status}`
  const known = answered.get(key)
  if (known !== undefined) return known
  const made = { labels, counts: Array<number>(bounds.length + 1).fill(0), seconds: 0 }
  answered.set(key, made)
  return made
}

function observe(known: Answered, seconds: number): void {
  const place = bounds.findIndex((bound) => seconds <= bound)
  const at = place < 0 ? bounds.length : place
  known.counts[at] = (known.counts[at] ?? 0) + 1
  known.seconds += seconds
}

/** Buckets hold all that is at most their bound. */
function histogram({ labels, counts, seconds }: Answered): MetricSample[] {
  let sum = 0
  const buckets = counts.map((count, i): MetricSample => {
    sum += count
    return { labels: { ...labels, le: i < bounds.length ? String(bounds[i]) : '+Inf' }, value: sum, suffix: '_bucket' }
  })
  return [...buckets, { labels, value: seconds, suffix: '_sum' }, { labels, value: sum, suffix: '_count' }]
}
