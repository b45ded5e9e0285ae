import { useState } from 'react'
import { Button } from './button.tsx'

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ text, children = 'Copy' }: { readonly text: string; readonly children?: string }) {
  const [copied, setCopied] = useState<string | null>(null)
  return <Button onClick={() => void globalThis.navigator.clipboard.writeText(text).then(() => setCopied(text))}>{copied === text ? 'Copied' : children}</Button>
}
