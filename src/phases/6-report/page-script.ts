import { chartScript } from './page-charts.ts'
import { controlScript } from './page-controls.ts'
import { playgroundScript } from './page-playground.ts'

/** Everything that runs in the page: the exported model where there is one, then what makes charts and form live. */
export function pageScript(model: string | null): string {
  const parts = [chartScript, controlScript, ...(model === null ? [] : [playgroundScript])]
  return `${model ?? ''}\n{${parts.join('')}}\n`
}

/** The source expression that lets a page run this script and no other. */
export async function scriptSource(script: string): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(script))
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`
}

/** JSON that may stand in a script element: no text in it can end the element. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}
