import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readmeExample, runExample } from '../readme-example.js'
import { packagesIn, ROOT } from '../workspace.js'

const LINES_MAX = 150

for (const { folder, manifest } of packagesIn('packages')) {
  describe(`README of ${manifest.name}`, () => {
    const path = join(ROOT, folder, 'README.md')
    const markdown = existsSync(path) ? readFileSync(path, 'utf8') : ''

    test('exists, is short, and starts with the name', () => {
      expect(existsSync(path), `${folder}/README.md is missing`).toBe(true)
      expect(markdown.split('\n').length - 1).toBeLessThan(LINES_MAX)
      expect(markdown.split('\n')[0]).toBe(`# ${manifest.name}`)
    })

    test('has an example that prints what the README says', () => {
      const example = readmeExample(markdown)
      if (example === null) {
        throw new Error(`${folder}/README.md has no ts block with a text block right after it`)
      }
      const built = join(ROOT, folder, 'dist/index.js')
      expect(existsSync(built), `${folder}/dist is missing: run the build first`).toBe(true)
      expect(runExample(example.code, join(ROOT, folder))).toBe(example.output)
    })
  })
}

describe('the example of a README', () => {
  const block = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\`\n`

  test('is the first ts block and the text block after it', () => {
    const markdown = [
      block('sh', 'npm install'),
      block('ts', 'a()\n\nb()'),
      'It prints:\n',
      block('text', 'A\nB'),
      block('ts', 'c()'),
      block('text', 'C'),
    ].join('\n')
    expect(readmeExample(markdown)).toEqual({ code: 'a()\n\nb()\n', output: 'A\nB\n' })
  })

  test('is missing when its output is', () => {
    expect(readmeExample(block('ts', 'a()'))).toBeNull()
    expect(readmeExample(block('ts', 'a()') + block('ts', 'b()') + block('text', 'B'))).toBeNull()
    expect(readmeExample('nothing')).toBeNull()
  })

  test('fails with the error that it raised', () => {
    expect(() => runExample('throw new TypeError("no such dyno")', ROOT)).toThrow('no such dyno')
  })
})
