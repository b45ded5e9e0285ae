import { z } from 'zod'

/** An id: a UUID of any version in either case, as Postgres reads it. HTTP answers 404 for every other shape. */
export const idSchema = z.guid().toLowerCase()

/** The id in a path. */
export const idParametersSchema = z.object({ id: idSchema })
export const teamParametersSchema = z.object({ team_id: idSchema })
export const organisationParametersSchema = z.object({ org_id: idSchema })
export const tokenParametersSchema = z.object({ token: z.string().min(1).max(2_000) })
