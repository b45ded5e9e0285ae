import { z } from 'zod'

/** SHA-256 as 64 lower-case hex digits. */
export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/)
export type Hash = string

/** Identity and hashing, handed in because core reads no randomness and has no crypto of its own. */
export interface Identity {
  /** A new random UUID. */
  newId(): string
  /** UUID v5 of the parts: the same parts always give the same id. */
  derivedId(...parts: string[]): string
  /** SHA-256 of the UTF-8 text, as hex. */
  sha256(text: string): Hash
}
