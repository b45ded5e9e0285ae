import { sessionAnswerSchema, type SessionAnswer } from '#wire/session'
import type { CallOptions, Transport } from './transport.ts'

const path = '/v1/session'

/** The session of a browser; the cookie that carries it is out of reach of every script. */
export class Sessions {
  private readonly transport: Transport

  constructor(transport: Transport) {
    this.transport = transport
  }

  signIn(apiKey: string, options: CallOptions = {}): Promise<SessionAnswer> {
    return this.transport.json({ method: 'POST', path, json: { api_key: apiKey }, answer: sessionAnswerSchema, ...options })
  }

  /** Whose session this is; null where nobody is signed in. */
  get(options: CallOptions = {}): Promise<SessionAnswer> {
    return this.transport.json({ method: 'GET', path, answer: sessionAnswerSchema, ...options })
  }

  signOut(options: CallOptions = {}): Promise<SessionAnswer> {
    return this.transport.json({ method: 'DELETE', path, answer: sessionAnswerSchema, ...options })
  }
}
