/** What the first bytes of a file give away. */
export type FileKind =
  | { readonly kind: 'parquet' }
  | { readonly kind: 'text' }
  | { readonly kind: 'json' }
  | { readonly kind: 'gzip' }
  | { readonly kind: 'workbook' }
  | { readonly kind: 'binary'; readonly what: string }
  | { readonly kind: 'markup'; readonly what: string }

interface Signature {
  readonly what: string
  readonly bytes: readonly number[]
}

const signatures: readonly Signature[] = [
  { what: 'a PDF document', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { what: 'a PNG image', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { what: 'a JPEG image', bytes: [0xff, 0xd8, 0xff] },
  { what: 'a GIF image', bytes: [0x47, 0x49, 0x46, 0x38] },
  { what: 'an old Excel or Word file', bytes: [0xd0, 0xcf, 0x11, 0xe0] },
  { what: 'a Zstandard file', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { what: 'a bzip2 file', bytes: [0x42, 0x5a, 0x68] },
  { what: 'an xz file', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { what: 'a 7-Zip archive', bytes: [0x37, 0x7a, 0xbc, 0xaf] },
  { what: 'an Arrow or Feather file', bytes: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31] },
  { what: 'a Feather file', bytes: [0x46, 0x45, 0x41, 0x31] },
  { what: 'a SQLite database', bytes: [...Buffer.from('SQLite format 3')] },
  { what: 'an HDF5 file', bytes: [0x89, 0x48, 0x44, 0x46] },
]

const gzipSignature = [0x1f, 0x8b, 0x08]
const zipSignature = [0x50, 0x4b, 0x03, 0x04]
const parquetSignature = [0x50, 0x41, 0x52, 0x31]

/** Bzip2 and JPEG-like short signatures are letters too: they count only where text would not go on like that. */
export function fileKind(head: Uint8Array): FileKind {
  if (startsWith(head, parquetSignature)) return { kind: 'parquet' }
  if (startsWith(head, gzipSignature)) return { kind: 'gzip' }
  if (startsWith(head, zipSignature)) return zipKind(head)
  const found = signatures.find((signature) => startsWith(head, signature.bytes))
  if (found !== undefined && (hasControlBytes(head) || found.bytes.length > 4))
    return { kind: 'binary', what: found.what }
  return markupKind(Buffer.from(head).toString('latin1'))
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => head[i] === byte)
}

/** Bytes that no text holds: control characters besides tab, line ends and the like. */
function hasControlBytes(head: Uint8Array): boolean {
  return head.some((byte) => byte < 9 || (byte > 13 && byte < 27))
}

function zipKind(head: Uint8Array): FileKind {
  const text = Buffer.from(head).toString('latin1')
  if (text.includes('opendocument.spreadsheet')) return { kind: 'binary', what: 'an OpenDocument spreadsheet' }
  if (text.includes('word/')) return { kind: 'binary', what: 'a Word document' }
  if (text.includes('xl/') || text.includes('[Content_Types].xml')) return { kind: 'workbook' }
  return { kind: 'binary', what: 'a zip archive' }
}

function markupKind(text: string): FileKind {
  const start = text
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .slice(0, 4_096)
  if (/^<(!doctype html|html)/i.test(start)) return { kind: 'markup', what: 'a web page' }
  if (/^<\?xml/i.test(start)) return { kind: 'markup', what: 'an XML document' }
  if (isJson(start)) return { kind: 'json' }
  return { kind: 'text' }
}

/** An object as the first thing, or an array of objects or arrays, or an array a line: no header of a table looks like that. */
function isJson(start: string): boolean {
  return /^\{\s*("([^"\\]|\\.)*"\s*:|\}\s*([\r\n]|$))/.test(start) || /^\[\s*(\{\s*"|\[)/.test(start) || isArrayLine(start)
}

function isArrayLine(start: string): boolean {
  const line = /^\[[^\n]*\]\s*(?=\n|$)/.exec(start)
  if (line === null) return false
  try {
    return Array.isArray(JSON.parse(line[0]))
  } catch {
    return false
  }
}
