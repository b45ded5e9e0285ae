import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { client } from '#studio/lib/client.ts'
import { runKey } from '#studio/lib/run-queries.ts'

/** The models of two runs on the rows that both sealed; it never changes, since neither does a trained model. */
export function pairedQuery(first: string, second: string) {
  return queryOptions({ queryKey: [...runKey(first), 'paired', second], queryFn: ({ signal }) => client.agentic.compareRuns(first, second, { signal }), staleTime: Number.POSITIVE_INFINITY })
}

const evaluationSchema = z.object({ classes: z.array(z.string()).nullable() })

/** The shapes of a version, and the classes that its outputs are of. */
export function modelQuery(versionId: string) {
  return queryOptions({
    queryKey: ['model version', versionId, 'shapes'],
    queryFn: async ({ signal }) => {
      const [profile, evaluation] = await Promise.all([client.models.profile(versionId, { signal }), client.models.evaluation(versionId, { signal })])
      return { ...profile, classes: evaluationSchema.safeParse(evaluation).data?.classes ?? [] }
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export type ComparedModel = NonNullable<Awaited<ReturnType<NonNullable<ReturnType<typeof modelQuery>['queryFn']>>>>
