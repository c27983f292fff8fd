import { spawnSync } from 'node:child_process'

/** The example of a README: its first `ts` block, and the `text` block that shows what it prints. */
export interface ReadmeExample {
  readonly code: string
  readonly output: string
}

/** Finds the example of a README; null when it has none, or none whose output is shown next. */
export function readmeExample(markdown: string): ReadmeExample | null {
  const blocks = [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
  const index = blocks.findIndex(([, language]) => language === 'ts')
  const [code, output] = [blocks[index], blocks[index + 1]]
  if (code?.[2] === undefined || output?.[1] !== 'text') return null
  return { code: code[2], output: output[2] ?? '' }
}

/**
 * Runs the code of an example as a module of the package or project in `folder` and returns what it
 * prints. Imports resolve as they would for a file in that folder.
 */
export function runExample(code: string, folder: string): string {
  const { PATH } = process.env
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module'], {
    cwd: folder,
    input: code,
    encoding: 'utf8',
    env: { PATH },
  })
  if (status !== 0) throw new Error(`The example ended with status ${status}:\n${stderr}`)
  return stdout
}
