import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const { resolve } = createRequire(import.meta.url)
const path = (name) => fileURLToPath(new URL(name, import.meta.url))

/**
 * Knows how the programs of contestants are started, and compiles those in C. That a machine has no
 * compiler or not a certain library is no error: `command` then tells how to get it.
 */
export class Commands {
  #folder = mkdtempSync(join(tmpdir(), 'celadon-bench-'))
  #compiler = ['cc', 'gcc', 'clang'].find((name) => works(name, ['--version']))
  #python = ['python3', '/usr/bin/python3'].find((name) => works(name, ['-c', 'import simpy']))
  #binaries = new Map()

  /** Versions of what is used, null for what is not here. */
  get tools() {
    return {
      node: process.version,
      compiler: this.#compiler ? firstLine(this.#compiler, ['--version']) : null,
      simpy: this.#python ? firstLine(this.#python, ['-c', SIMPY_VERSION]) : null,
    }
  }

  /** `{ command }`: the words that start a contestant; or `{ missing }`: how to get what it needs. */
  command({ kind, source, options, library }) {
    if (kind === 'c') return this.#compiled(source, options)
    if (kind === 'python') {
      if (this.#python === undefined) return { missing: 'apt-get install python3-simpy3' }
      return { command: [this.#python, '-B', path(source)] }
    }
    if (library !== undefined && !isInstalled(library)) {
      return { missing: 'pnpm install' }
    }
    return { command: [process.execPath, path(source)] }
  }

  /** Removes the compiled programs. */
  close() {
    rmSync(this.#folder, { recursive: true })
  }

  #compiled(source, options) {
    if (this.#compiler === undefined) return { missing: 'apt-get install gcc libc6-dev' }
    const key = [source, ...options].join(' ')
    if (!this.#binaries.has(key)) this.#binaries.set(key, this.#compile(source, options))
    return this.#binaries.get(key)
  }

  #compile(source, options) {
    const binary = join(this.#folder, `program-${this.#binaries.size}`)
    const flags = ['-O3', '-march=native', ...options]
    const run = spawnSync(this.#compiler, [...flags, '-o', binary, path(`c/${source}`), '-lm'], {
      encoding: 'utf8',
    })
    if (run.status !== 0) throw new Error(`${source} was not compiled:\n${run.stderr}`)
    return { command: [binary] }
  }
}

const SIMPY_VERSION =
  'import platform, simpy; print(simpy.__version__, "on Python", platform.python_version())'

function works(command, options) {
  return spawnSync(command, options).status === 0
}

function firstLine(command, options) {
  return spawnSync(command, options, { encoding: 'utf8' }).stdout.split('\n')[0]
}

function isInstalled(library) {
  try {
    resolve(library)
    return true
  } catch {
    return false
  }
}
