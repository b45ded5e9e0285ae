import { accept, refuse, type Result } from '#core/errors'
import type { ServiceInput } from './ports.ts'
import type { Caller, RepeatableRequest, Signalbox } from './signalbox.ts'

/** Does a piece of work once per key, and answers a repeat as the first time. */
export function repeatable({ repeats, now }: ServiceInput): Signalbox['idempotent'] {
  return async function once<T>(caller: Caller, request: RepeatableRequest<T>, work: () => Promise<Result<T>>): Promise<Result<T>> {
    const at = { team_id: caller.team_id, key: request.key }
    const found = await repeats.take({ ...at, body_hash: request.hash, now: now() })
    if (found.state === 'known') {
      if (found.body_hash !== request.hash) return refuse('IDEMPOTENCY_KEY_REUSED', 'This Idempotency-Key was used for a different request.')
      if (found.answer === null) return refuse('WRITE_CONFLICT', 'The first request with this Idempotency-Key is still at work.')
      return accept(request.answer.parse(found.answer))
    }
    try {
      const done = await work()
      if (done.ok) await repeats.answer({ ...at, answer: done.value })
      else await repeats.forget(at)
      return done
    } catch (error) {
      await repeats.forget(at).catch(() => undefined)
      throw error
    }
  }
}
