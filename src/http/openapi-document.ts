import { errorCatalogue, type ErrorCode } from '#core/errors'
import { errorStatus } from './error-status.ts'

/** A JSON object whose members are looked at one by one. */
type Members = Record<string, unknown>

const methods = ['get', 'post', 'put', 'patch', 'delete']

/**
 * Finishes what the generator made of the routes: says which codes each status means, describes forms and files, lets
 * answers grow, and drops the components that nothing refers to.
 */
export function finishDocument(document: Members): Members {
  for (const operation of operationsOf(document)) finishOperation(operation)
  openObjects(document.paths)
  const components = membersOf(document.components)
  openObjects(components.schemas)
  return {
    ...document,
    components: { ...components, schemas: referredSchemas(document.paths, membersOf(components.schemas)) },
  }
}

function operationsOf(document: Members): Members[] {
  return Object.values(membersOf(document.paths)).flatMap((path) =>
    methods.map((method) => membersOf(path)[method]).filter(isMembers),
  )
}

function finishOperation(operation: Members): void {
  const responses = membersOf(operation.responses)
  const success = membersOf(responses[200])
  success.description = 'Success'
  for (const [status, codes] of codesByStatus(operation['x-error-codes'])) {
    membersOf(responses[status]).description = codes.map((code) => `\`${code}\`: ${errorCatalogue[code]}`).join('\n\n')
  }
  const fileType = operation['x-file-type']
  if (typeof fileType === 'string') success.content = { [fileType]: {} }
  if (isMembers(operation['x-form'])) {
    const form = formBody(operation['x-form'])
    // A route may take JSON instead of the form.
    operation.requestBody = { ...form, content: { ...membersOf(membersOf(operation.requestBody).content), ...form.content } }
  }
  const body = membersOf(operation.requestBody)
  if (isEmptyObject(membersOf(membersOf(membersOf(body.content)['application/json']).schema))) body.required = false
  for (const key of ['x-file-type', 'x-form']) delete operation[key]
}

function codesByStatus(codes: unknown): Map<number, ErrorCode[]> {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of Array.isArray(codes) ? codes.filter(isErrorCode) : []) {
    byStatus.set(errorStatus[code], [...(byStatus.get(errorStatus[code]) ?? []), code])
  }
  return byStatus
}

function formBody(fields: Members) {
  const file = { type: 'string', contentMediaType: 'application/octet-stream' }
  const required = ['file', ...(Array.isArray(fields.required) ? fields.required : [])]
  return {
    required: true,
    content: {
      'multipart/form-data': {
        schema: { type: 'object', properties: { file, ...membersOf(fields.properties) }, required },
      },
    },
  }
}

/** Answers may gain fields, and unknown fields of requests are ignored, so no object is closed. */
function openObjects(value: unknown): void {
  if (Array.isArray(value)) value.forEach(openObjects)
  if (!isMembers(value)) return
  if (value.additionalProperties === false) delete value.additionalProperties
  Object.values(value).forEach(openObjects)
}

function referredSchemas(paths: unknown, schemas: Members): Members {
  const found = new Set<string>()
  const open: unknown[] = [paths]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value === 'string') {
      const name = /^#\/components\/schemas\/(.+)$/.exec(value)?.[1]
      if (name !== undefined && !found.has(name)) {
        found.add(name)
        open.push(schemas[name])
      }
    } else if (typeof value === 'object' && value !== null)
      open.push(...Object.values(value))
  }
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => found.has(name)))
}

function isEmptyObject(schema: Members): boolean {
  return schema.type === 'object' && Object.keys(membersOf(schema.properties)).length === 0
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCatalogue, code)
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function membersOf(value: unknown): Members {
  return isMembers(value) ? value : {}
}
