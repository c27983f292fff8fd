import type { HttpRequest, ResponsePort } from '@celadon/contracts'

/** A router that does not look at what it gets. */
export const ignorePort: ResponsePort = { respond() {}, close() {} }

/** A router that writes down what it gets: `#1 200 2048` or `#1 closed`. */
export function createPort(): ResponsePort & { readonly heard: string[] } {
  const heard: string[] = []
  return {
    heard,
    respond(request: HttpRequest, status: number, bytes: number) {
      heard.push(`#${request.id} ${status} ${bytes}`)
    },
    close(request: HttpRequest) {
      heard.push(`#${request.id} closed`)
    },
  }
}
