import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const { resolve } = createRequire(import.meta.url)
const path = (name) => fileURLToPath(new URL(name, import.meta.url))

/**
 * Finds out how the programs of contestants are started, and compiles those in C. What a machine
 * has not got is no error: `command` then tells the reason.
 */
export class Commands {
  #folder = mkdtempSync(join(tmpdir(), 'celadon-bench-'))
  #compiler = ['cc', 'gcc', 'clang'].find((name) => works(name, ['--version']))
  #python = ['python3', '/usr/bin/python3'].find((name) => works(name, ['-c', 'import simpy']))
  #binaries = new Map()

  /** What is used, with versions. */
  get tools() {
    const { version } = process
    return {
      node: version,
      compiler: this.#compiler ? firstLine(this.#compiler, ['--version']) : null,
      simpy: this.#python ? firstLine(this.#python, ['-c', SIMPY_VERSION]) : null,
    }
  }

  /** The command of a contestant as an array, or why there is none. */
  command({ kind, source, options, library }) {
    if (kind === 'c') return this.#compiled(source, options)
    if (kind === 'python') {
      if (this.#python === undefined) return { missing: 'apt-get install python3-simpy3' }
      return { command: [this.#python, path(source)] }
    }
    if (library !== undefined && !isInstalled(library)) {
      return { missing: `pnpm install, ${library} is a dependency of benchmarks` }
    }
    return { command: [process.execPath, path(source)] }
  }

  /** Removes the compiled programs. */
  close() {
    rmSync(this.#folder, { recursive: true })
  }

  #compiled(source, options) {
    if (this.#compiler === undefined) return { missing: 'a C compiler: apt-get install gcc' }
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
    if (run.status === 0) return { command: [binary] }
    return { missing: `${source} was not compiled: ${run.stderr.split('\n')[0]}` }
  }
}

const SIMPY_VERSION = 'import platform, simpy; print(simpy.__version__, "on Python", platform.python_version())'

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
