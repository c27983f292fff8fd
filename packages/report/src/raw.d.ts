/** The text of a file: understood by Vite and Vitest, and by the plugin in tsup.config.ts. */
declare module '*?raw' {
  const text: string

  export { text as default }
}
