import { readFileSync, statSync } from 'node:fs'
import { systemCode } from './command-error.js'

/** A file as text, or why there is none, in words that follow its name. */
export type TextFile =
  | { readonly text: string }
  | { readonly problem: string; readonly line?: number; readonly missing?: true }

const MEGABYTE = 1_048_576

/** Reads a regular UTF-8 file of at most `sizeMaxMb` megabytes; larger ones are not even opened. */
export function readTextFile(path: string, sizeMaxMb: number): TextFile {
  try {
    const file = statSync(path)
    if (file.isDirectory()) return { problem: 'is a folder; a file is needed' }
    if (!file.isFile()) return { problem: 'is no regular file' }
    if (file.size > sizeMaxMb * MEGABYTE) {
      return { problem: `has ${megabytes(file.size)} MB; at most ${sizeMaxMb} MB are read` }
    }
    return decode(readFileSync(path))
  } catch (error) {
    const code = systemCode(error)
    if (code === 'ENOENT') return { problem: 'does not exist', missing: true }
    return { problem: readProblem(code) }
  }
}

/** Why a file or folder cannot be read, for the code of a system error. */
export function readProblem(code: string | undefined): string {
  if (code === 'EACCES' || code === 'EPERM') return 'cannot be read: permission denied'
  if (code === 'ENOTDIR') return 'does not exist: a part of its path is a file'
  if (code === 'ELOOP') return 'is a link that leads to itself'
  return `cannot be read: ${code ?? 'unknown error'}`
}

function decode(bytes: Buffer): TextFile {
  const utf16 = startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)
  if (utf16) return { problem: 'is UTF-16; save it as UTF-8', line: 1 }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    const offset = firstWrongByte(bytes)
    let line = 1
    for (const byte of bytes.subarray(0, offset)) if (byte === 0x0a) line += 1
    return { problem: `is not UTF-8 at byte ${offset}; save it as UTF-8`, line }
  }
}

/** Where the bytes differ from those of the text that a lenient reader makes of them. */
function firstWrongByte(bytes: Buffer): number {
  const lenient = Buffer.from(bytes.toString('utf8'))
  return bytes.findIndex((byte, index) => lenient[index] !== byte)
}

function startsWith(bytes: Buffer, ...start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte)
}

function megabytes(size: number): string {
  return (size / MEGABYTE).toLocaleString('en', { maximumFractionDigits: 0 })
}
