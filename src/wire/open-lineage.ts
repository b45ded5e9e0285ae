import { z } from 'zod'

/** https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json */
export const columnLineageFacetSchema = z
  .object({
    _producer: z.string(),
    _schemaURL: z.string(),
    fields: z.record(
      z.string(),
      z.object({
        inputFields: z.array(
          z.object({
            namespace: z.string(),
            name: z.string(),
            field: z.string(),
            transformations: z.array(z.object({ type: z.enum(['DIRECT', 'INDIRECT']), subtype: z.string(), description: z.string(), masking: z.boolean() })),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'OpenLineageColumnLineageFacet' })
export type ColumnLineageFacet = z.infer<typeof columnLineageFacetSchema>

const datasetSchema = z.object({ namespace: z.string(), name: z.string() })

/** A run event as OpenLineage 2-0-2 has it, for catalogues that read it. */
export const openLineageAnswerSchema = z
  .object({
    eventType: z.enum(['START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER']),
    eventTime: z.string(),
    producer: z.string(),
    schemaURL: z.string(),
    run: z.object({ runId: z.string() }),
    job: datasetSchema,
    inputs: z.array(datasetSchema.extend({ facets: z.record(z.string(), z.unknown()) })),
    outputs: z.array(datasetSchema.extend({ facets: z.object({ columnLineage: columnLineageFacetSchema }) })),
  })
  .meta({ id: 'OpenLineageRunEvent' })
export type OpenLineageAnswer = z.infer<typeof openLineageAnswerSchema>
