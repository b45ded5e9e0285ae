/** Who may read the metrics: whoever has a key of the server, anybody, or nobody. */
export type MetricsAccess = 'key' | 'open' | 'off'
