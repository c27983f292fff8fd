import { describe, expect, test } from 'vitest'
import { impurities } from '../guards/purity.js'
import { packagesIn, readFiles } from '../workspace.js'

describe('packages touch nothing outside of the simulation', () => {
  for (const { folder } of packagesIn('packages')) {
    test(folder, () => {
      // Scripts of a page are text for the package; they run where somebody reads the page.
      const sources = readFiles(`${folder}/src`, ['.ts', '.js']).filter(
        ({ path }) => !path.includes('/browser/'),
      )
      expect(impurities(sources)).toEqual([])
    })
  }
})

describe('the guard', () => {
  const found = (text: string): string[] => impurities([{ path: 'model.ts', text }])

  test.each([
    ['const t = Date.now()', 'model.ts:1 Date'],
    ['let t: Date', 'model.ts:1 Date'],
    ['const x = Math.random()', 'model.ts:1 Math.random'],
    ['const { random } = Math', 'model.ts:1 random'],
    ['const { random: draw } = Math', 'model.ts:1 random'],
    ['\nsetTimeout(() => {}, 1)', 'model.ts:2 setTimeout'],
    ['const { argv } = process', 'model.ts:1 process'],
    ['const all = { process }', 'model.ts:1 process'],
    ['globalThis.fetch("x")', 'model.ts:1 globalThis'],
    ['console.log(1)', 'model.ts:1 console'],
    ['const text = (1).toLocaleString()', 'model.ts:1 (1).toLocaleString'],
    ['const here = import.meta.url', 'model.ts:1 import.meta'],
    [`import { readFile } from 'node:fs'`, 'model.ts imports node:fs'],
    [`import type { Stats } from 'fs'`, 'model.ts imports fs'],
    [`const fs = require('fs')`, 'model.ts:1 require'],
  ])('finds %j', (text, violation) => {
    expect(found(text)).toContain(violation)
  })

  test.each([
    'export function write(process: string): string { return process }',
    'export class Dyno { process = 1; console(): void {} }',
    'export const names = { process: 1, Date: 2 }; names.process',
    'export interface Sink { write(process: string): void }',
    '// Date.now() and process.env\nexport const text = "console.log(Math.random())"',
    `import { Buffer } from './buffer.js'\nexport const buffer = new Buffer()`,
    'export const root = Math.sqrt(2)',
  ])('accepts %j', (text) => {
    expect(found(text)).toEqual([])
  })
})
