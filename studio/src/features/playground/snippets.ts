import type { RawRow } from './playground-queries.ts'

export const languages = ['curl', 'TypeScript', 'Python'] as const
export type Language = (typeof languages)[number]

interface Call {
  /** The address of the server. */
  readonly url: string
  readonly row: RawRow
  /** A key that was just made; without it the snippet reads DEPLOY_KEY of the environment. */
  readonly deployKey: string | null
}

/** A request as it can be run: nothing of it needs a package. */
export function snippetOf(language: Language, call: Call): string {
  return { curl: curlOf, TypeScript: typescriptOf, Python: pythonOf }[language](call)
}

function curlOf({ url, row, deployKey }: Call): string {
  const key = deployKey ?? '$DEPLOY_KEY'
  return `curl -sS '${url}/v1/predict?show_breakdown=true' \\
  -H "api_key: ${key}" \\
  -H "content-type: application/json" \\
  -d '${JSON.stringify([row], null, 1).replaceAll("'", `'\\''`)}'`
}

function typescriptOf({ url, row, deployKey }: Call): string {
  const key = deployKey === null ? "process.env.DEPLOY_KEY ?? ''" : `'${deployKey}'`
  return `const rows = ${JSON.stringify([row], null, 2)}

const response = await fetch('${url}/v1/predict?show_breakdown=true', {
  method: 'POST',
  headers: { api_key: ${key}, 'content-type': 'application/json' },
  body: JSON.stringify(rows),
})
if (!response.ok) throw new Error(await response.text())
console.log(JSON.stringify(await response.json(), null, 2))
`
}

function pythonOf({ url, row, deployKey }: Call): string {
  const key = deployKey === null ? 'os.environ["DEPLOY_KEY"]' : `"${deployKey}"`
  return `import json${deployKey === null ? ', os' : ''}
from urllib.request import Request, urlopen

rows = ${pythonLiteral([row])}

request = Request(
    "${url}/v1/predict?show_breakdown=true",
    json.dumps(rows).encode(),
    {"api_key": ${key}, "content-type": "application/json"},
)
with urlopen(request) as response:
    print(json.dumps(json.load(response), indent=2))
`
}

/** JSON as Python writes it: texts and numbers alike, the three words otherwise. */
function pythonLiteral(value: unknown, indent = ''): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value !== 'object') return JSON.stringify(value)
  const inner = `${indent}    `
  const parts = Array.isArray(value) ? value.map((one) => pythonLiteral(one, inner)) : Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${pythonLiteral(one, inner)}`)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  return parts.length === 0 ? open + close : `${open}\n${parts.map((part) => `${inner}${part},`).join('\n')}\n${indent}${close}`
}
