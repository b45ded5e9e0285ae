import { z } from 'zod'
import { idSchema } from './identifier.ts'
import { timestampSchema } from './timestamp.ts'

/** The key is exchanged for a cookie that no script can read. */
export const signInBodySchema = z.object({ api_key: z.string().min(1).max(512) }).meta({ id: 'SignIn' })
export type SignInBody = z.infer<typeof signInBodySchema>

export const sessionSchema = z
  .object({ username: z.string(), team_id: idSchema, org_id: idSchema, expires_at: timestampSchema })
  .meta({ id: 'Session', description: 'Whose session this is, and until when.' })
export type Session = z.infer<typeof sessionSchema>

/** Null where nobody is signed in. */
export const sessionAnswerSchema = z.object({ session: sessionSchema.nullable() }).meta({ id: 'SessionAnswer' })
export type SessionAnswer = z.infer<typeof sessionAnswerSchema>
