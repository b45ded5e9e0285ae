import { z } from 'zod'
import { idSchema } from './identifier.ts'
import { jsonValueSchema } from './json-value.ts'
import { timestampSchema } from './timestamp.ts'

export const createDeploymentBodySchema = z.object({ model_version_id: idSchema }).meta({ id: 'CreateDeployment' })
export type CreateDeploymentBody = z.infer<typeof createDeploymentBodySchema>

export const createDeploymentAnswerSchema = z
  .object({ deployment_id: idSchema, active: z.boolean() })
  .meta({ id: 'CreatedDeployment', description: 'The deployment of the version; one that it had already comes back.' })
export type CreateDeploymentAnswer = z.infer<typeof createDeploymentAnswerSchema>

export const repointDeploymentBodySchema = z.object({ model_version_id: idSchema }).meta({ id: 'RepointDeployment' })
export type RepointDeploymentBody = z.infer<typeof repointDeploymentBodySchema>

/** What a change came to. Texts only, since existing clients read it as such. */
export const deploymentChangeAnswerSchema = z
  .object({
    deployment_id: idSchema,
    version_id: idSchema,
    status: z.enum(['active', 'inactive', 'stopped', 'deleted']),
  })
  .meta({ id: 'ChangedDeployment' })
export type DeploymentChangeAnswer = z.infer<typeof deploymentChangeAnswerSchema>

export const deploymentSchema = z
  .object({
    deployment_id: idSchema,
    model_id: idSchema,
    version_id: idSchema,
    /** The run that published it; null where it was made by hand. */
    run_id: idSchema.nullable(),
    active: z.boolean(),
    /** Null where the model's own threshold holds, or none does. */
    threshold: z.number().nullable(),
    /** Set while a stop button holds it; active or not, it predicts nothing then. */
    stopped_at: timestampSchema.nullable(),
    stopped_by: z.string().nullable(),
    /** What is answered as `pred` while it is stopped; null refuses. */
    fallback: z.union([z.string(), z.number()]).nullable(),
    created_by: z.string(),
    created: timestampSchema,
  })
  .meta({ id: 'Deployment' })
export type DeploymentAnswer = z.infer<typeof deploymentSchema>

export const deploymentListAnswerSchema = z.array(deploymentSchema)
export type DeploymentListAnswer = z.infer<typeof deploymentListAnswerSchema>

export const createDeployKeyBodySchema = z
  .object({
    deployment_id: idSchema,
    description: z.string().max(1_000).nullish().meta({ default: '' }),
    days_until_expiry: z.number().positive().max(36_500).nullish().meta({ default: 90 }),
  })
  .meta({ id: 'CreateDeployKey' })
export type CreateDeployKeyBody = z.output<typeof createDeployKeyBodySchema>
export type CreateDeployKeyInput = z.input<typeof createDeployKeyBodySchema>

export const createDeployKeyAnswerSchema = z
  .object({ deploy_key: z.uuid(), key_id: idSchema, deployment_id: idSchema, expires: timestampSchema })
  .meta({ id: 'CreatedDeployKey', description: 'The key is shown this once.' })
export type CreateDeployKeyAnswer = z.infer<typeof createDeployKeyAnswerSchema>

export const deployKeySchema = z
  .object({
    key_id: idSchema,
    deployment_id: idSchema,
    description: z.string(),
    created_by: z.string(),
    created: timestampSchema,
    expires: timestampSchema,
    revoked: z.boolean(),
  })
  .meta({ id: 'DeployKey' })
export type DeployKeyAnswer = z.infer<typeof deployKeySchema>

export const deployKeyListAnswerSchema = z.array(deployKeySchema)
export type DeployKeyListAnswer = z.infer<typeof deployKeyListAnswerSchema>

export const revokeDeployKeyBodySchema = z
  .object({ key_id: idSchema, deployment_id: idSchema })
  .meta({ id: 'RevokeDeployKey' })
export type RevokeDeployKeyBody = z.infer<typeof revokeDeployKeyBodySchema>

export const revokeDeployKeyAnswerSchema = z
  .object({ key_id: idSchema, deployment_id: idSchema, status: z.literal('revoked') })
  .meta({ id: 'RevokedDeployKey' })
export type RevokeDeployKeyAnswer = z.infer<typeof revokeDeployKeyAnswerSchema>

export const activeKeysAnswerSchema = z.int().min(0)

/** Raw rows without the label that predict accepts as they are. */
export const deploymentPayloadAnswerSchema = z.array(z.record(z.string(), jsonValueSchema))
export type DeploymentPayloadAnswer = z.infer<typeof deploymentPayloadAnswerSchema>
