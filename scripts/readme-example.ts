import { spawnSync } from 'node:child_process'

/** An example of a page: a `ts` block, and the `text` block right after it that shows what it prints. */
export interface PageExample {
  readonly code: string
  readonly output: string
}

/** Finds the example of a README: its first `ts` block; null when its output is not shown next. */
export function readmeExample(markdown: string): PageExample | null {
  const blocks = blocksOf(markdown)
  const index = blocks.findIndex(({ language }) => language === 'ts')
  return exampleAt(blocks, index)
}

/** Finds all examples of a page whose output is shown. */
export function pageExamples(markdown: string): PageExample[] {
  const blocks = blocksOf(markdown)
  return blocks.flatMap((_, index) => exampleAt(blocks, index) ?? [])
}

interface Block {
  readonly language: string
  readonly text: string
}

function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', text = '']) => ({ language, text }),
  )
}

function exampleAt(blocks: readonly Block[], index: number): PageExample | null {
  const [code, output] = [blocks[index], blocks[index + 1]]
  if (code?.language !== 'ts' || output?.language !== 'text') return null
  return { code: code.text, output: output.text }
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
