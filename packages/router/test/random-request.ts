import type {
  ClientLink,
  Endpoint,
  HttpRequest,
  RequestFault,
  ResponseFault,
  WebSocketUse,
} from '@celadon/contracts'

const PLAIN: Endpoint = { method: 'GET', path: '/', responseBytes: 7 }
const NEVER = Number.POSITIVE_INFINITY

const BODIES: readonly (number | undefined)[] = [undefined, undefined, 0, 100, 100, 9000]
const REQUEST_FAULTS: readonly RequestFault[] = ['too many headers', 'bad header']
const RESPONSE_FAULTS: readonly ResponseFault[] = ['poorly formatted', 'oversized cookie']
const SPEEDS: readonly number[] = [NEVER, NEVER, 1000, 0.01, 0.002]
const PATIENCES: readonly number[] = [NEVER, NEVER, NEVER, NEVER, 3000, NEVER, 45_000, NEVER, 0]
const USES: readonly WebSocketUse[] = [
  { lengthMs: 10_000, clientEveryMs: NEVER, dynoEveryMs: NEVER },
  { lengthMs: NEVER, clientEveryMs: NEVER, dynoEveryMs: NEVER },
  { lengthMs: 200_000, clientEveryMs: 1000, dynoEveryMs: NEVER },
]

/** Gives a request some peculiarities that follow from a number; 0: none. */
export function makePeculiar(request: HttpRequest, which: number): void {
  const pick = <Item>(items: readonly Item[], divisor: number): Item =>
    items[Math.floor(which / divisor) % items.length] as Item
  request.endpoint = {
    ...PLAIN,
    ...(which % 17 === 1 ? { requestFault: pick(REQUEST_FAULTS, 17) } : {}),
    ...(which % 13 === 1 ? { responseFault: pick(RESPONSE_FAULTS, 13) } : {}),
    ...withBody(pick(BODIES, 1)),
  }
  request.link = linkOf(pick(SPEEDS, 7), pick(SPEEDS, 11))
  request.patienceMs = pick(PATIENCES, 5)
  request.stalls = which % 3 === 2
  request.webSocket = which % 7 === 3 ? pick(USES, 7) : null
}

/** A request without peculiarities. */
export const PLAIN_ENDPOINT: Endpoint = PLAIN

function withBody(requestBytes: number | undefined): Partial<Endpoint> {
  return requestBytes === undefined ? {} : { requestBytes }
}

function linkOf(uploadBytesPerMs: number, downloadBytesPerMs: number): ClientLink {
  return { uploadBytesPerMs, downloadBytesPerMs }
}
