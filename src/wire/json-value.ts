import { z } from 'zod'
import type { Json } from '#core/canonical-json'

/**
 * Any JSON value. It checks nothing, since what arrives here was read by a JSON parser; a recursive schema would only
 * walk large answers twice and could be driven deep by a hostile body.
 */
export const jsonValueSchema = z.custom<Json>()

export const jsonObjectSchema = z.record(z.string(), jsonValueSchema)
