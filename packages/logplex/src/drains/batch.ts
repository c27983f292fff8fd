import type { ByteWriter } from '../bytes/byte-writer.js'
import { writeFrame } from '../frames/encode-frame.js'
import type { MessageBuffer } from './message-buffer.js'

/**
 * Takes messages off the buffer and adds them as frames to `out`, while these stay below the target;
 * a message that is longer than the target ends the batch. Source: logplex's source,
 * `logplex_msg_buffer`.
 *
 * @returns how many
 */
export function fillBatch(buffer: MessageBuffer, targetBytes: number, out: ByteWriter): number {
  let count = 0
  let message = buffer.first()
  while (message !== null && out.length < targetBytes) {
    const size = frameBytes(message.length)
    if (out.length + size >= targetBytes && size < targetBytes) break
    writeFrame(message, out)
    buffer.shift()
    count += 1
    message = buffer.first()
  }
  return count
}

/** Bytes of a frame whose message has this many. */
function frameBytes(length: number): number {
  return String(length).length + 1 + length
}
