import { SignalboxError } from './errors.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/**
 * Canonical JSON text (RFC 8785): keys sorted by UTF-16 code units, numbers and strings as ECMAScript prints them.
 * Refuses what JSON cannot hold (NaN, infinities, lone surrogates), since a hash over it could not be checked.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'string') return stringText(value)
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item === undefined ? null : item)).join(',')}]`
  if (typeof value === 'object') return objectText(value as Record<string, unknown>)
  throw new SignalboxError({ code: 'INTERNAL', message: `canonical JSON cannot hold a ${typeof value}` })
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new SignalboxError({ code: 'INTERNAL', message: `canonical JSON cannot hold ${value}` })
  return JSON.stringify(value)
}

function stringText(value: string): string {
  if (!value.isWellFormed()) throw new SignalboxError({ code: 'INTERNAL', message: 'canonical JSON cannot hold a lone surrogate' })
  return JSON.stringify(value)
}

function objectText(value: Record<string, unknown>): string {
  const members: string[] = []
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (member !== undefined) members.push(`${stringText(key)}:${canonicalJson(member)}`)
  }
  return `{${members.join(',')}}`
}
