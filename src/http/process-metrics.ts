import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FastifyInstance } from 'fastify'
import type { MetricFamily } from './metric-text.ts'

const nanoseconds = 1e9

/** Figures of this process. The lag of its event loop is that since it was asked last. */
export function processMetrics(app: FastifyInstance, version: string): () => MetricFamily[] {
  const lag = monitorEventLoopDelay({ resolution: 10 })
  lag.enable()
  app.addHook('onClose', async () => void lag.disable())
  return function families() {
    const memory = process.memoryUsage()
    const { user, system } = process.cpuUsage()
    const [mean, high, worst] = [lag.mean, lag.percentile(99), lag.max].map((value) => (lag.count === 0 ? 0 : value / nanoseconds))
    lag.reset()
    return [
      { name: 'signalbox_build_info', help: 'The version that runs.', type: 'gauge', samples: [{ labels: { version }, value: 1 }] },
      gauge('nodejs_eventloop_lag_mean_seconds', 'Mean delay of the event loop since it was asked last.', mean),
      gauge('nodejs_eventloop_lag_p99_seconds', 'Delay of the event loop that 1 % of the turns exceed.', high),
      gauge('nodejs_eventloop_lag_max_seconds', 'Longest delay of the event loop since it was asked last.', worst),
      gauge('process_resident_memory_bytes', 'Memory that the process holds.', memory.rss),
      gauge('nodejs_heap_size_used_bytes', 'Memory of JavaScript values.', memory.heapUsed),
      gauge('nodejs_external_memory_bytes', 'Memory of buffers outside the heap.', memory.external),
      gauge('process_start_time_seconds', 'When the process started, in seconds since 1970.', (performance.timeOrigin) / 1000),
      { name: 'process_cpu_seconds_total', help: 'Processor time that the process has used.', type: 'counter', samples: [{ labels: {}, value: (user + system) / 1e6 }] },
    ]
  }
}

function gauge(name: string, help: string, value = 0): MetricFamily {
  return { name, help, type: 'gauge', samples: [{ labels: {}, value }] }
}
