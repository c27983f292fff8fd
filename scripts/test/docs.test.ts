import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pageExamples, runExample } from '../readme-example.js'
import { packagesIn, ROOT } from '../workspace.js'

/** A package that depends on all the others, so that an example may use any of them. */
const FOLDER = join(ROOT, 'apps/demo')

const pages = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .map((path) => join('docs', path))
  .sort()

const readmes = [...packagesIn('packages'), ...packagesIn('apps')]
  .map(({ folder }) => join(folder, 'README.md'))
  .concat('README.md', 'CONTRIBUTING.md', 'benchmarks/README.md')
  .filter((path) => existsSync(join(ROOT, path)))

describe('the examples of', () => {
  for (const page of pages) {
    const examples = pageExamples(readFileSync(join(ROOT, page), 'utf8'))
    for (const [index, { code, output }] of examples.entries()) {
      test(`${page}: number ${index + 1} prints what the page says`, { timeout: 120_000 }, () => {
        expect(runExample(code, FOLDER)).toBe(output)
      })
    }
  }
})

describe('the links of', () => {
  for (const page of [...pages, ...readmes]) {
    test(`${page} lead somewhere`, () => {
      const markdown = readFileSync(join(ROOT, page), 'utf8')
      const links = [...markdown.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(
        ([, link = '']) => link,
      )
      const broken = links
        .filter((link) => !/^https?:/.test(link))
        .filter((link) => !existsSync(join(ROOT, dirname(page), link)))
      expect(broken).toEqual([])
    })
  }
})
