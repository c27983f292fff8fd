// @ts-check
// Runs the examples that docs/examples.md names and puts what they print into it:
// `node examples/document.js` after `pnpm build`.

import { readFileSync, writeFileSync } from 'node:fs'

const PAGE = new URL('../docs/examples.md', import.meta.url)
const EXAMPLE = /```sh\nnode examples\/(\S+\.js)\n```\n\n```text\n[\s\S]*?```/g

let page = readFileSync(PAGE, 'utf8')
for (const [block, file = ''] of page.matchAll(EXAMPLE)) {
  const { run } = await import(`./${file}`)
  const { text } = run()
  const fresh = `\`\`\`sh\nnode examples/${file}\n\`\`\`\n\n\`\`\`text\n${text}\`\`\``
  page = page.replace(block, () => fresh)
}
writeFileSync(PAGE, page)
