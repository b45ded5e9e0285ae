import { z } from 'zod'

/** A moment as ISO 8601 in UTC, for example 2026-03-01T09:30:00.000Z. */
export const timestampSchema = z.iso.datetime()
