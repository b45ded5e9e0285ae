/**
 * `fetch` over XMLHttpRequest, which alone tells how much of a body has gone out. It takes what the SDK gives it, so that
 * an upload is checked and its refusals are read as everywhere else.
 */
export function progressFetch(onProgress: (share: number) => void): typeof fetch {
  return (input, init) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest()
      request.open(init?.method ?? 'GET', String(input))
      for (const [name, value] of new Headers(init?.headers)) request.setRequestHeader(name, value)
      request.responseType = 'text'
      request.upload.onprogress = ({ loaded, total, lengthComputable }) => (lengthComputable ? onProgress(loaded / total) : undefined)
      request.onload = () => resolve(new Response(request.responseText, { status: request.status }))
      request.onerror = () => reject(new TypeError('the upload broke off'))
      request.onabort = () => reject(init?.signal?.reason ?? new DOMException('the upload was stopped', 'AbortError'))
      init?.signal?.addEventListener('abort', () => request.abort(), { once: true })
      request.send(init?.body as XMLHttpRequestBodyInit | null)
    })
}
