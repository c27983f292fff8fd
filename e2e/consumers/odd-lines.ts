import type { LogLine } from '../../packages/logplex/src/index.js'
import { microsOf } from './syslog-receiver.js'

/** Bytes of the longest line that logplex takes. Source: Heroku Dev Center, "Logging". */
const LINE_BYTES_MAX = 10_000

const TEXTS = [
  '',
  '-',
  ' blanks before, between  and after ',
  'Bestellung für Łucja bezahlt: 12 €',
  '注文が完了しました ✓ 😀',
  'é'.repeat(LINE_BYTES_MAX / 2),
  'x'.repeat(LINE_BYTES_MAX),
  '[looks like="structured" data="\\]"] but is text',
  '5 <158>1 looks like a frame',
  'tab\there, \u001b[31mred\u001b[0m, "quoted", back\\slash',
  '{"level":"info","message":"json"}',
]

/** Lines that a careless encoder or receiver would damage. */
export const ODD_LINES: readonly LogLine[] = TEXTS.map((text, index) => ({
  atMicros: microsOf('2026-03-02T09:43:06.123456+00:00') + index,
  source: index % 2 === 0 ? 'app' : 'heroku',
  process: index % 3 === 0 ? 'web.1' : 'run.6434',
  text,
}))
