/** A file's bytes. In Node, `openAsBlob` of node:fs makes a Blob that is read from disk as it is sent. */
export type FileBytes = Blob | Uint8Array

interface FileForm {
  readonly file: FileBytes
  readonly fileName: string
  readonly fields: Readonly<Record<string, string | undefined>>
}

/** A multipart body with the fields before the file. */
export function fileForm({ file, fileName, fields }: FileForm): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, value)
  form.append('file', file instanceof Blob ? file : new Blob([new Uint8Array(file)]), fileName)
  return form
}
