/** Counts over everything that the database holds, for whoever watches the server. */
export interface FigureStore {
  count(): Promise<{
    readonly runs: Readonly<Record<string, number>>
    readonly runs_owed: number
    readonly runs_held: number
    readonly jobs: Readonly<Record<string, number>>
    readonly deployments: Readonly<Record<'active' | 'inactive' | 'stopped', number>>
  }>
}
